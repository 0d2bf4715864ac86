import { Injectable } from '@nestjs/common';
import { escapeHtml, Searchable, type SearchHit } from '@parley/kernel';
import { ConversationSearchRepository } from './conversation-search.repository.js';

/** Finds conversations by their subject and the words of their messages. */
@Injectable()
export class ConversationSearch {
  constructor(private readonly conversations: ConversationSearchRepository) {}

  @Searchable('conversation')
  async search(workspaceId: string, query: string, limit: number): Promise<SearchHit[]> {
    const found = await this.conversations.search(workspaceId, query, limit);
    return found.map(({ passage, contact_id, contact_name, ...fields }) => ({
      ...fields,
      contact: { id: contact_id, name: contact_name },
      highlight: escapeHtml(passage).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>'),
    }));
  }
}
