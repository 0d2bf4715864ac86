import { Module } from '@nestjs/common';
import { AutomationsModule } from './automations/automations.module.js';
import { TagsModule } from './tags/tags.module.js';
import { TicketStatusesModule } from './ticket-statuses/ticket-statuses.module.js';
import { TicketTypesModule } from './ticket-types/ticket-types.module.js';
import { TicketsModule } from './tickets/tickets.module.js';

/** Tickets, tags and automation rules. */
@Module({
  imports: [AutomationsModule, TagsModule, TicketStatusesModule, TicketTypesModule, TicketsModule],
  exports: [AutomationsModule, TagsModule, TicketsModule],
})
export class WorkflowModule {}
