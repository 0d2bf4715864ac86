import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError } from '@parley/kernel';
import {
  escapeHtml,
  highlightPassage,
  highlightTerms,
  parseSearchQuery,
  partialWordOf,
  Searchable,
  type SearchHit,
  type SearchQuery,
  type SearchResult,
} from '@parley/kernel/search';
import { ContactSearchService } from '@parley/identity';
import { CONVERSATION_STATUSES } from '../conversations/conversation.view.js';
import type { SearchFilter } from './search-filter.js';
import { EMPTY_PLAN, planSearch } from './search-plan.js';
import { CONVERSATION_SEARCH, MESSAGE_SEARCH } from './search-types.js';
import {
  ConversationSearchRepository,
  MAX_CONTACTS,
  type MatchedContact,
  type ConversationSearchQuery,
  type FoundPage,
} from './conversation-search.repository.js';
import { parseConversationNumber } from './text-search-sql.js';

/** Searches conversations by number, subject, messages and contact, and searches messages. */
@Injectable()
export class ConversationSearchService {
  constructor(
    private readonly repository: ConversationSearchRepository,
    private readonly contacts: ContactSearchService,
    private readonly clock: Clock,
  ) {}

  @Searchable(CONVERSATION_SEARCH)
  async searchConversations(
    workspaceId: string,
    text: string,
    limit: number,
    filter: SearchFilter,
  ): Promise<SearchResult> {
    const [search, matchedContacts] = await Promise.all([
      this.buildQuery(workspaceId, text, limit, filter),
      this.findContacts(workspaceId, text, filter),
    ]);
    const found = await this.repository.searchConversations(workspaceId, search, matchedContacts);
    return toFindings(
      found,
      ({ text: source, contact_id, contact_name, contact_email, total: _total, more: _more, ...fields }) => ({
        ...fields,
        contact: { id: contact_id, name: contact_name },
        highlight:
          fields.number === search.number
            ? highlightNumber(fields)
            : source === null || search.terms === null
              ? highlightTerms([contact_name, contact_email].filter(Boolean).join(' · '), text)
              : highlightPassage(source, search.terms),
      }),
    );
  }

  @Searchable(MESSAGE_SEARCH)
  async searchMessages(workspaceId: string, text: string, limit: number, filter: SearchFilter): Promise<SearchResult> {
    const { terms, ...search } = await this.buildQuery(workspaceId, text, limit, filter);
    if (terms === null) return { hits: [], total: 0, totalIsEstimate: false };
    const found = await this.repository.searchMessages(workspaceId, search);
    return toFindings(
      found,
      ({
        text: source,
        conversation_id,
        conversation_number,
        conversation_subject,
        total: _total,
        more: _more,
        ...fields
      }) => ({
        ...fields,
        conversation: { id: conversation_id, number: conversation_number, subject: conversation_subject },
        highlight: highlightPassage(source, terms),
      }),
    );
  }

  private async buildQuery(
    workspaceId: string,
    text: string,
    limit: number,
    filter: SearchFilter,
  ): Promise<ConversationSearchQuery & { readonly terms: SearchQuery | null }> {
    const unknown =
      filter.status?.filter((status) => !(CONVERSATION_STATUSES as readonly string[]).includes(status)) ?? [];
    if (unknown.length > 0)
      throw invalidInputError('status', `must be one or more of ${CONVERSATION_STATUSES.join(', ')}`);
    const terms = parseSearchQuery(text);
    const prefix = terms && partialWordOf(terms);
    const stats =
      prefix === null ? null : await this.repository.getPrefixStats(workspaceId, prefix, filter.createdBefore);
    const plan = terms === null ? EMPTY_PLAN : planSearch(terms, stats);
    return { terms, plan, limit, filter, now: this.clock.now(), number: parseConversationNumber(text) };
  }

  private async findContacts(
    workspaceId: string,
    text: string,
    filter: SearchFilter,
  ): Promise<readonly MatchedContact[]> {
    if (filter.contact !== undefined || (text.includes('#') && parseConversationNumber(text) !== null)) return [];
    return (await this.contacts.search(workspaceId, text, MAX_CONTACTS)).hits;
  }
}

function toFindings<Found>(
  { items, total, more }: FoundPage<Found>,
  toHit: (item: FoundPage<Found>['items'][number]) => SearchHit,
): SearchResult {
  return { hits: items.map(toHit), total, totalIsEstimate: more };
}

function highlightNumber({ number, subject }: { readonly number: number; readonly subject: string | null }): string {
  return `<mark>#${number}</mark>${subject === null ? '' : ` ${escapeHtml(subject)}`}`;
}
