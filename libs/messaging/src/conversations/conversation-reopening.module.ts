import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { ConversationCountersRepository } from './conversation-counters.repository.js';
import { ConversationReopeningService } from './conversation-reopening.service.js';

/** Fields of conversations that follow from their messages and from the state of their assignee. */
@Module({
  imports: [TeamsModule],
  providers: [ConversationCountersRepository, ConversationReopeningService],
  exports: [ConversationCountersRepository, ConversationReopeningService],
})
export class ConversationReopeningModule {}
