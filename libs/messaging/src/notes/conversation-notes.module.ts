import { Module } from '@nestjs/common';
import { FilesModule } from '../files/files.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { ConversationNotesController } from './conversation-notes.controller.js';

@Module({
  imports: [FilesModule, MessagesModule],
  controllers: [ConversationNotesController],
})
export class ConversationNotesModule {}
