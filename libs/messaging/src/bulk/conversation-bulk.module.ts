import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { ConversationActionsModule } from '../conversations/conversation-actions.module.js';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { BulkChangeRetentionService } from './bulk-change-retention.service.js';
import { BulkChangeRecordEntity } from './bulk-change-record.entity.js';
import { BulkChangeEntity } from './bulk-change.entity.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { ConversationBulkController } from './conversation-bulk.controller.js';
import { ConversationBulkRequestBuilder } from './conversation-bulk-request-builder.service.js';
import { ConversationBulkUndoService } from './conversation-bulk-undo.service.js';
import { ConversationBulkUpdater } from './conversation-bulk-updater.service.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import { UpdateConversationsJob } from './update-conversations.job.js';

@Module({
  imports: [
    IdentityModule,
    TeamsModule,
    TypeOrmModule.forFeature([BulkChangeEntity, BulkChangeRecordEntity]),
    ConversationActionsModule,
    ConversationRecordsModule,
  ],
  controllers: [ConversationBulkController],
  providers: [
    BulkChangeRetentionService,
    BulkChangesRepository,
    ConversationBulkRequestBuilder,
    ConversationBulkService,
    ConversationBulkUndoService,
    ConversationBulkUpdater,
    UpdateConversationsJob,
  ],
  exports: [ConversationBulkService],
})
export class ConversationBulkModule {}
