import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactAvatarsModule } from '../avatars/contact-avatars.module.js';
import { ContactDataModule } from '../contact-data/contact-data.module.js';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactWritingModule } from '../contacts/contact-writing.module.js';
import { ContactMergeController } from './contact-merge.controller.js';
import { ContactMergeEntity } from './contact-merge.entity.js';
import { ContactMergeService } from './contact-merge.service.js';
import { ContactMergesRepository } from './contact-merges.repository.js';
import { ContactRestorer } from './contact-restorer.service.js';
import { ContactUnmergeService } from './contact-unmerge.service.js';
import { MergedContactsRepository } from './merged-contacts.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ContactMergeEntity]),
    ContactAvatarsModule,
    ContactDataModule,
    ContactRecordsModule,
    ContactWritingModule,
  ],
  controllers: [ContactMergeController],
  providers: [
    ContactMergeService,
    ContactMergesRepository,
    ContactRestorer,
    ContactUnmergeService,
    MergedContactsRepository,
  ],
  exports: [ContactMergeService, ContactRestorer],
})
export class ContactMergesModule {}
