import { Module } from '@nestjs/common';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ConversationEventAccessService } from './conversation-event-access.service.js';

@Module({ imports: [ConversationRecordsModule], providers: [ConversationEventAccessService] })
export class ConversationAccessModule {}
