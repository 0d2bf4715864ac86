import { Module } from '@nestjs/common';
import { AttributesModule } from '../attributes/attributes.module.js';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { ContactListsModule } from '../contacts/contact-lists.module.js';
import { TagNamesModule } from '../tag-names/tag-names.module.js';
import { CompaniesController } from './companies.controller.js';
import { CompaniesService } from './companies.service.js';
import { CompanyRecordsModule } from './company-records.module.js';
import { CompanyRenderer } from './company-renderer.service.js';
import { RenameContactsCompanyOnCompanyUpdatedSubscriber } from './rename-contacts-company-on-company-updated.subscriber.js';

@Module({
  imports: [AttributesModule, CompanyRecordsModule, ContactAvatarsModule, ContactListsModule, TagNamesModule],
  controllers: [CompaniesController],
  providers: [CompaniesService, CompanyRenderer, RenameContactsCompanyOnCompanyUpdatedSubscriber],
  exports: [CompaniesService],
})
export class CompaniesModule {}
