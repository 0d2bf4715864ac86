import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { MessageRecordsModule } from '../messages/message-records.module.js';
import { ConversationReadStateController } from './conversation-read-state.controller.js';
import { ReadStateEntity } from './read-state.entity.js';
import { ReadStateRepository } from './read-state.repository.js';
import { ReadStateService } from './read-state.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ReadStateEntity]), ConversationRecordsModule, MessageRecordsModule],
  controllers: [ConversationReadStateController],
  providers: [ReadStateRepository, ReadStateService],
  exports: [ReadStateService],
})
export class ConversationReadStateModule {}
