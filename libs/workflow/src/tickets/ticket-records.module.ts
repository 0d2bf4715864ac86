import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '@parley/messaging';
import { TicketListsRepository } from './ticket-lists.repository.js';
import { TicketMoveEntity } from './ticket-move.entity.js';
import { TicketNumberEntity } from './ticket-number.entity.js';
import { TicketUpdater } from './ticket-updater.service.js';
import { TicketEntity } from './ticket.entity.js';
import { TicketsRepository } from './tickets.repository.js';
import { TicketsService } from './tickets.service.js';

/** Stored tickets: reading and changing them. */
@Module({
  imports: [TypeOrmModule.forFeature([TicketEntity, TicketMoveEntity, TicketNumberEntity]), MessagingModule],
  providers: [TicketListsRepository, TicketUpdater, TicketsRepository, TicketsService],
  exports: [TicketsRepository, TicketsService, TicketUpdater],
})
export class TicketRecordsModule {}
