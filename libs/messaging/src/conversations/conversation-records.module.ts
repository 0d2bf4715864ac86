import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ParticipantRecordsModule } from '../participants/participant-records.module.js';
import { ConversationReopeningModule } from './conversation-reopening.module.js';
import { ConversationListsRepository } from './conversation-lists.repository.js';
import { ConversationNumberEntity } from './conversation-number.entity.js';
import { ConversationUpdater } from './conversation-updater.service.js';
import { ConversationEntity } from './conversation.entity.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';

/** Stored conversations: reading them, and all writes of their rows. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ConversationEntity, ConversationNumberEntity]),
    ConversationReopeningModule,
    ParticipantRecordsModule,
  ],
  providers: [ConversationsRepository, ConversationListsRepository, ConversationUpdater, ConversationsService],
  exports: [ConversationUpdater, ConversationsService, ConversationsRepository],
})
export class ConversationRecordsModule {}
