import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ConversationTypingController } from './conversation-typing.controller.js';
import { TypingService } from './typing.service.js';

@Module({
  imports: [TeamsModule, ConversationRecordsModule],
  controllers: [ConversationTypingController],
  providers: [TypingService],
  exports: [TypingService],
})
export class ConversationTypingModule {}
