import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
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
import { TicketListsRepository } from './ticket-lists.repository.js';
import { TicketMoveEntity } from './ticket-move.entity.js';
import { TicketNumberEntity } from './ticket-number.entity.js';
import { TicketRenderer } from './ticket-renderer.service.js';
import { TicketSearchRepository } from './ticket-search.repository.js';
import { TicketSearchService } from './ticket-search.service.js';
import { TicketUpdater } from './ticket-updater.service.js';
import { TicketEntity } from './ticket.entity.js';
import { TicketsController } from './tickets.controller.js';
import { TicketsRepository } from './tickets.repository.js';
import { TicketsService } from './tickets.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([TicketEntity, TicketMoveEntity, TicketNumberEntity]),
    IdentityModule,
    MessagingModule,
    TeamsModule,
    TicketStatusesModule,
    TicketTypesModule,
  ],
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
    TicketListsRepository,
    TicketRenderer,
    TicketSearchRepository,
    TicketSearchService,
    TicketUpdater,
    TicketsRepository,
    TicketsService,
  ],
  exports: [TicketActionsService, TicketCreator, TicketsService],
})
export class TicketsModule {}
