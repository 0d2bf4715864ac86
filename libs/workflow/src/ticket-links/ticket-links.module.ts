import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TicketRecordsModule } from '../tickets/ticket-records.module.js';
import { TicketLinkEntity } from './ticket-link.entity.js';
import { TicketLinksController } from './ticket-links.controller.js';
import { TicketLinksRepository } from './ticket-links.repository.js';
import { TicketLinksService } from './ticket-links.service.js';

/** Links between tickets. */
@Module({
  imports: [TypeOrmModule.forFeature([TicketLinkEntity]), TicketRecordsModule],
  controllers: [TicketLinksController],
  providers: [TicketLinksRepository, TicketLinksService],
})
export class TicketLinksModule {}
