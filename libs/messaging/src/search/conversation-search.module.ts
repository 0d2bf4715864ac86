import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { ConversationSearchRepository } from './conversation-search.repository.js';
import { ConversationSearchService } from './conversation-search.service.js';

@Module({
  imports: [IdentityModule],
  providers: [ConversationSearchRepository, ConversationSearchService],
})
export class ConversationSearchModule {}
