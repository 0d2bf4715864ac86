import { Module } from '@nestjs/common';
import { ContactRecordsModule } from '../contacts/contact-records.module.js';
import { ContactTicketCountsRepository } from './contact-ticket-counts.repository.js';
import { ContactTicketCountsService } from './contact-ticket-counts.service.js';

/** Numbers of tickets of contacts. */
@Module({
  imports: [ContactRecordsModule],
  providers: [ContactTicketCountsRepository, ContactTicketCountsService],
  exports: [ContactTicketCountsService],
})
export class ContactTicketCountsModule {}
