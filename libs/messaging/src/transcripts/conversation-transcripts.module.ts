import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { FilesModule } from '../files/files.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { ConversationTranscriptsController } from './conversation-transcripts.controller.js';
import { TranscriptsService } from './transcripts.service.js';

@Module({
  imports: [TeamsModule, ConversationRecordsModule, FilesModule, MessagesModule],
  controllers: [ConversationTranscriptsController],
  providers: [TranscriptsService],
  exports: [TranscriptsService],
})
export class ConversationTranscriptsModule {}
