import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { ContactMessagesRepository } from './contact-messages.repository.js';
import { ContactMoveEntity } from './contact-move.entity.js';
import { ContactMovesRepository } from './contact-moves.repository.js';
import { ConversationContactDataService } from './conversation-contact-data.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ContactMoveEntity]), IdentityModule, ConversationRecordsModule],
  providers: [ContactMessagesRepository, ContactMovesRepository, ConversationContactDataService],
})
export class ConversationContactDataModule {}
