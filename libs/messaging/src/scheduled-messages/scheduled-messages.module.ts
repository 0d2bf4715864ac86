import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { FilesModule } from '../files/files.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { ScheduledMessageFinalizer } from './scheduled-message-finalizer.service.js';
import { ScheduledMessageMapper } from './scheduled-message-mapper.service.js';
import { ScheduledMessageRenderer } from './scheduled-message-renderer.service.js';
import { ScheduledMessageSender } from './scheduled-message-sender.service.js';
import { ScheduledMessageEntity } from './scheduled-message.entity.js';
import { ScheduledMessagesController } from './scheduled-messages.controller.js';
import { ScheduledMessagesRepository } from './scheduled-messages.repository.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';
import { SendScheduledMessageTimer } from './send-scheduled-message.timer.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ScheduledMessageEntity]),
    TeamsModule,
    ConversationRecordsModule,
    FilesModule,
    MessagesModule,
    TemplatesModule,
  ],
  controllers: [ScheduledMessagesController],
  providers: [
    ScheduledMessageFinalizer,
    ScheduledMessageMapper,
    ScheduledMessageRenderer,
    ScheduledMessageSender,
    ScheduledMessagesRepository,
    ScheduledMessagesService,
    SendScheduledMessageTimer,
  ],
})
export class ScheduledMessagesModule {}
