import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ConversationParticipantsController } from './conversation-participants.controller.js';
import { ParticipantRecordsModule } from './participant-records.module.js';
import { ParticipantsService } from './participants.service.js';

@Module({
  imports: [TeamsModule, ConversationRecordsModule, ParticipantRecordsModule],
  controllers: [ConversationParticipantsController],
  providers: [ParticipantsService],
  exports: [ParticipantsService],
})
export class ParticipantsModule {}
