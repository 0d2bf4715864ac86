import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { AttributesModule } from '../attributes/attributes.module.js';
import { CompanyRecordsModule } from '../companies/company-records.module.js';
import { TagNamesModule } from '../tag-names/tag-names.module.js';
import { ContactOwnerFinder } from './contact-owner-finder.service.js';
import { ContactRecordsModule } from './contact-records.module.js';
import { ContactValidator } from './contact-validator.service.js';

/** Validation of contact fields and of unique addresses. */
@Module({
  imports: [TeamsModule, AttributesModule, CompanyRecordsModule, ContactRecordsModule, TagNamesModule],
  providers: [ContactValidator, ContactOwnerFinder],
  exports: [ContactOwnerFinder, ContactValidator],
})
export class ContactValidationModule {}
