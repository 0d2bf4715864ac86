import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TeamsModule } from '@parley/teams';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactIdentitiesController } from './contact-identities.controller.js';
import { ContactIdentitiesRepository } from './contact-identities.repository.js';
import { ContactIdentitiesService } from './contact-identities.service.js';
import { ContactIdentityEntity } from './contact-identity.entity.js';
import { DeleteIdentitiesOnInboxDeletedSubscriber } from './delete-identities-on-inbox-deleted.subscriber.js';
import { IdentityContactDataService } from './identity-contact-data.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ContactIdentityEntity]), TeamsModule, ContactDataModule, ContactWritingModule],
  controllers: [ContactIdentitiesController],
  providers: [
    ContactIdentitiesRepository,
    ContactIdentitiesService,
    DeleteIdentitiesOnInboxDeletedSubscriber,
    IdentityContactDataService,
  ],
  exports: [ContactIdentitiesService],
})
export class ContactIdentitiesModule {}
