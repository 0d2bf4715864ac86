import { Injectable } from '@nestjs/common';
import { notFound, type Page, type PageRequest } from '@parley/kernel';
import { ConversationListsRepository } from './conversation-lists.repository.js';
import type { ConversationView } from './conversation.view.js';
import type { ConversationOrder, ConversationsFilter } from './conversations-filter.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Finds conversations. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly lists: ConversationListsRepository,
  ) {}

  list(workspaceId: string, filter: ConversationsFilter, orderBy: ConversationOrder, request: PageRequest): Promise<Page<ConversationView>> {
    return this.lists.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ConversationView> {
    const conversation = await this.conversations.find(workspaceId, id);
    if (!conversation) throw notFound('Conversation');
    return conversation;
  }

  /** The conversation, or null. */
  find(workspaceId: string, id: string): Promise<ConversationView | null> {
    return this.conversations.find(workspaceId, id);
  }
}
