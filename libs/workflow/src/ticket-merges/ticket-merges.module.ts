import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '@parley/messaging';
import { TicketRecordsModule } from '../tickets/ticket-records.module.js';
import { TicketMergeEntity } from './ticket-merge.entity.js';
import { TicketMergesController } from './ticket-merges.controller.js';
import { TicketMergesRepository } from './ticket-merges.repository.js';
import { TicketMergesService } from './ticket-merges.service.js';

/** Merges of tickets. */
@Module({
  imports: [TypeOrmModule.forFeature([TicketMergeEntity]), MessagingModule, TicketRecordsModule],
  controllers: [TicketMergesController],
  providers: [TicketMergesRepository, TicketMergesService],
})
export class TicketMergesModule {}
