import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { ConversationReopeningModule } from '../conversations/conversation-reopening.module.js';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { FilesModule } from '../files/files.module.js';
import { ParticipantRecordsModule } from '../participants/participant-records.module.js';
import { ConversationMessagesController } from './conversation-messages.controller.js';
import { MessageBuilder } from './message-builder.service.js';
import { MessageCreator } from './message-creator.service.js';
import { MessageDeliveryService } from './message-delivery.service.js';
import { MessageRecordsModule } from './message-records.module.js';
import { MessageRenderer } from './message-renderer.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';

@Module({
  imports: [
    IdentityModule,
    TeamsModule,
    ConversationReopeningModule,
    ConversationRecordsModule,
    FilesModule,
    MessageRecordsModule,
    ParticipantRecordsModule,
  ],
  controllers: [ConversationMessagesController, MessagesController],
  providers: [MessageBuilder, MessageCreator, MessageDeliveryService, MessageRenderer, MessagesService],
  exports: [MessageCreator, MessageDeliveryService, MessagesService],
})
export class MessagesModule {}
