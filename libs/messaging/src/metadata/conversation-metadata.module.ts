import { Module } from '@nestjs/common';
import { ConversationActionsModule } from '../conversations/conversation-actions.module.js';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ConversationMetadataController } from './conversation-metadata.controller.js';

@Module({
  imports: [ConversationActionsModule, ConversationRecordsModule],
  controllers: [ConversationMetadataController],
})
export class ConversationMetadataModule {}
