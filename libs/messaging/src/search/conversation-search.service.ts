import { Injectable } from '@nestjs/common';
import { badRequest, Clock, escapeHtml, markWords, Searchable, type SearchFilter, type SearchHit } from '@parley/kernel';
import { ContactSearchService } from '@parley/identity';
import { CONVERSATION_STATUSES } from '../conversations/conversation.view.js';
import { searchPlan } from './completed-query.js';
import { ConversationSearchRepository, type MetContact, type WordSearch } from './conversation-search.repository.js';

/** Contacts whose conversations are looked up when the words are their name or address. */
const MOST_CONTACTS = 20;

/** Finds conversations by their subject, the words of their messages and who they are with; and the messages themselves. */
@Injectable()
export class ConversationSearch {
  constructor(
    private readonly repository: ConversationSearchRepository,
    private readonly contacts: ContactSearchService,
    private readonly clock: Clock,
  ) {}

  @Searchable('conversation')
  async conversations(workspaceId: string, words: string, limit: number, filter: SearchFilter): Promise<SearchHit[]> {
    const [search, met] = await Promise.all([this.searchFor(workspaceId, words, limit, filter), this.met(workspaceId, words, filter)]);
    const found = await this.repository.conversations(workspaceId, search, met);
    return found.map(({ passage, contact_id, contact_name, contact_email, ...fields }) => ({
      ...fields,
      contact: { id: contact_id, name: contact_name },
      highlight: passage === null ? markWords([contact_name, contact_email].filter(Boolean).join(' · '), words) : marked(passage),
    }));
  }

  @Searchable('message')
  async messages(workspaceId: string, words: string, limit: number, filter: SearchFilter): Promise<SearchHit[]> {
    const found = await this.repository.messages(workspaceId, await this.searchFor(workspaceId, words, limit, filter));
    return found.map(({ passage, conversation_id, conversation_number, conversation_subject, ...fields }) => ({
      ...fields,
      conversation: { id: conversation_id, number: conversation_number, subject: conversation_subject },
      highlight: marked(passage),
    }));
  }

  private async searchFor(workspaceId: string, words: string, limit: number, filter: SearchFilter): Promise<WordSearch> {
    const unknown = filter.status?.filter((status) => !(CONVERSATION_STATUSES as readonly string[]).includes(status)) ?? [];
    if (unknown.length > 0) throw badRequest({ status: [`status must be one or more of ${CONVERSATION_STATUSES.join(', ')}`] });
    const glance = await this.repository.glance(workspaceId, words, filter.createdBefore);
    return { plan: searchPlan(glance), limit, filter, now: this.clock.now() };
  }

  private async met(workspaceId: string, words: string, filter: SearchFilter): Promise<MetContact[]> {
    return filter.contact === undefined ? this.contacts.search(workspaceId, words, MOST_CONTACTS) : [];
  }
}

function marked(passage: string): string {
  return escapeHtml(passage).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>');
}
