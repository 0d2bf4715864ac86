import { Module } from '@nestjs/common';
import { ConversationCountersRepository } from './conversation-counters.repository.js';

/** Counters of conversations that follow from their messages. */
@Module({
  providers: [ConversationCountersRepository],
  exports: [ConversationCountersRepository],
})
export class ConversationCountersModule {}
