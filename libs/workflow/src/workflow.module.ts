import { Module } from '@nestjs/common';
import { AutomationsModule } from './automations/automations.module.js';
import { TagsModule } from './tags/tags.module.js';
import { TicketLinksModule } from './ticket-links/ticket-links.module.js';
import { TicketMergesModule } from './ticket-merges/ticket-merges.module.js';
import { TicketStatusesModule } from './ticket-statuses/ticket-statuses.module.js';
import { TicketTypesModule } from './ticket-types/ticket-types.module.js';
import { TicketRecordsModule } from './tickets/ticket-records.module.js';
import { TicketsModule } from './tickets/tickets.module.js';

/** Tickets, tags and automation rules. */
@Module({
  imports: [
    AutomationsModule,
    TagsModule,
    TicketLinksModule,
    TicketMergesModule,
    TicketRecordsModule,
    TicketStatusesModule,
    TicketTypesModule,
    TicketsModule,
  ],
  exports: [AutomationsModule, TagsModule, TicketRecordsModule, TicketsModule],
})
export class WorkflowModule {}
