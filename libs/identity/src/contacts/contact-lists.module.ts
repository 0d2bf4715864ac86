import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { SegmentRecordsModule } from '../segments/segment-records.module.js';
import { ContactListsRepository } from './contact-lists.repository.js';
import { ContactListsService } from './contact-lists.service.js';
import { ContactSearchRepository } from './contact-search.repository.js';
import { ContactSearchService } from './contact-search.service.js';
import { ContactValidationModule } from './contact-validation.module.js';

/** Lists and search of contacts. */
@Module({
  imports: [TeamsModule, ContactValidationModule, SegmentRecordsModule],
  providers: [ContactListsRepository, ContactListsService, ContactSearchRepository, ContactSearchService],
  exports: [ContactListsService, ContactSearchService, ContactListsRepository],
})
export class ContactListsModule {}
