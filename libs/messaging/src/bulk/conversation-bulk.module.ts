import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationActionsModule } from '../conversations/conversation-actions.module.js';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { BulkChangeRetentionService } from './bulk-change-retention.service.js';
import { BulkChangeEntity } from './bulk-change.entity.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { ConversationBulkController } from './conversation-bulk.controller.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import { UpdateConversationsJob } from './update-conversations.job.js';

@Module({
  imports: [TypeOrmModule.forFeature([BulkChangeEntity]), ConversationActionsModule, ConversationRecordsModule],
  controllers: [ConversationBulkController],
  providers: [BulkChangeRetentionService, BulkChangesRepository, ConversationBulkService, UpdateConversationsJob],
  exports: [ConversationBulkService],
})
export class ConversationBulkModule {}
