import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ConversationReopeningModule } from '../conversations/conversation-reopening.module.js';
import { MessageRecordsModule } from '../messages/message-records.module.js';
import { ParticipantRecordsModule } from '../participants/participant-records.module.js';
import { ConversationMergeController } from './conversation-merge.controller.js';
import { ConversationMergeEntity } from './conversation-merge.entity.js';
import { ConversationMergeService } from './conversation-merge.service.js';
import { ConversationSplitService } from './conversation-split.service.js';
import { MergeSideEffectsService } from './merge-side-effects.service.js';
import { MergedMessagesRepository } from './merged-messages.repository.js';
import { MergesRepository } from './merges.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ConversationMergeEntity]),
    IdentityModule,
    ConversationRecordsModule,
    ConversationReopeningModule,
    MessageRecordsModule,
    ParticipantRecordsModule,
  ],
  controllers: [ConversationMergeController],
  providers: [
    ConversationMergeService,
    ConversationSplitService,
    MergeSideEffectsService,
    MergedMessagesRepository,
    MergesRepository,
  ],
  exports: [ConversationMergeService, ConversationSplitService],
})
export class ConversationMergingModule {}
