import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { MessagingModule } from '@parley/messaging';
import { TeamsModule } from '@parley/teams';
import { TicketStatusesModule } from '../ticket-statuses/ticket-statuses.module.js';
import { TicketTypesModule } from '../ticket-types/ticket-types.module.js';
import { MoveTicketsOnConversationMergedSubscriber } from './move-tickets-on-conversation-merged.subscriber.js';
import { ReleaseTicketsOnSettingsDeletedSubscriber } from './release-tickets-on-settings-deleted.subscriber.js';
import { ReopenTicketsOnMessageCreatedSubscriber } from './reopen-tickets-on-message-created.subscriber.js';
import { TicketActionsService } from './ticket-actions.service.js';
import { TicketBuilder } from './ticket-builder.service.js';
import { TicketContactDataRepository } from './ticket-contact-data.repository.js';
import { TicketContactDataService } from './ticket-contact-data.service.js';
import { TicketCreator } from './ticket-creator.service.js';
import { TicketEventAccessService } from './ticket-event-access.service.js';
import { TicketRecordsModule } from './ticket-records.module.js';
import { TicketRenderer } from './ticket-renderer.service.js';
import { TicketSearchRepository } from './ticket-search.repository.js';
import { TicketSearchService } from './ticket-search.service.js';
import { TicketsController } from './tickets.controller.js';

@Module({
  imports: [IdentityModule, MessagingModule, TeamsModule, TicketRecordsModule, TicketStatusesModule, TicketTypesModule],
  controllers: [TicketsController],
  providers: [
    MoveTicketsOnConversationMergedSubscriber,
    ReleaseTicketsOnSettingsDeletedSubscriber,
    ReopenTicketsOnMessageCreatedSubscriber,
    TicketActionsService,
    TicketBuilder,
    TicketContactDataRepository,
    TicketContactDataService,
    TicketCreator,
    TicketEventAccessService,
    TicketRenderer,
    TicketSearchRepository,
    TicketSearchService,
  ],
  exports: [TicketActionsService, TicketCreator],
})
export class TicketsModule {}
