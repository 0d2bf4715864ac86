import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TicketStatusEntity } from './ticket-status.entity.js';
import { TicketStatusesController } from './ticket-statuses.controller.js';
import { TicketStatusesRepository } from './ticket-statuses.repository.js';
import { TicketStatusesService } from './ticket-statuses.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TicketStatusEntity])],
  controllers: [TicketStatusesController],
  providers: [TicketStatusesRepository, TicketStatusesService],
  exports: [TicketStatusesService],
})
export class TicketStatusesModule {}
