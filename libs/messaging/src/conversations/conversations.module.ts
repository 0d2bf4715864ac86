import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { MessagesModule } from '../messages/messages.module.js';
import { ParticipantRecordsModule } from '../participants/participant-records.module.js';
import { ConversationActionsModule } from './conversation-actions.module.js';
import { ConversationBuilder } from './conversation-builder.service.js';
import { ConversationFieldsController } from './conversation-fields.controller.js';
import { ConversationCreator } from './conversation-creator.service.js';
import { ConversationRecordsModule } from './conversation-records.module.js';
import { ConversationRenderer } from './conversation-renderer.service.js';
import { ConversationsController } from './conversations.controller.js';

@Module({
  imports: [
    IdentityModule,
    TeamsModule,
    ConversationActionsModule,
    ConversationRecordsModule,
    MessagesModule,
    ParticipantRecordsModule,
  ],
  controllers: [ConversationFieldsController, ConversationsController],
  providers: [ConversationBuilder, ConversationCreator, ConversationRenderer],
  exports: [ConversationCreator],
})
export class ConversationsModule {}
