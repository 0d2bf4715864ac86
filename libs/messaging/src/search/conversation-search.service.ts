import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError } from '@parley/kernel';
import { escapeHtml, highlightTerms, Searchable, type SearchResult, type SearchHit } from '@parley/kernel/search';
import { ContactSearchService } from '@parley/identity';
import { CONVERSATION_STATUSES } from '../conversations/conversation.view.js';
import type { SearchFilter } from './search-filter.js';
import { planSearch, type SearchPlan } from './search-plan.js';
import { CONVERSATION_SEARCH, MESSAGE_SEARCH } from './search-types.js';
import {
  ConversationSearchRepository,
  MAX_CONTACTS,
  type MatchedContact,
  type ConversationSearchQuery,
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
      ({ passage, contact_id, contact_name, contact_email, total: _total, more: _more, ...fields }) => ({
        ...fields,
        contact: { id: contact_id, name: contact_name },
        highlight:
          fields.number === search.number
            ? highlightNumber(fields)
            : passage === null
              ? highlightTerms([contact_name, contact_email].filter(Boolean).join(' · '), text)
              : highlightPassage(passage),
      }),
    );
  }

  @Searchable(MESSAGE_SEARCH)
  async searchMessages(workspaceId: string, text: string, limit: number, filter: SearchFilter): Promise<SearchResult> {
    const found = await this.repository.searchMessages(
      workspaceId,
      await this.buildQuery(workspaceId, text, limit, filter),
    );
    return toFindings(
      found,
      ({
        passage,
        conversation_id,
        conversation_number,
        conversation_subject,
        total: _total,
        more: _more,
        ...fields
      }) => ({
        ...fields,
        conversation: { id: conversation_id, number: conversation_number, subject: conversation_subject },
        highlight: highlightPassage(passage),
      }),
    );
  }

  private async buildQuery(
    workspaceId: string,
    text: string,
    limit: number,
    filter: SearchFilter,
  ): Promise<ConversationSearchQuery> {
    const unknown =
      filter.status?.filter((status) => !(CONVERSATION_STATUSES as readonly string[]).includes(status)) ?? [];
    if (unknown.length > 0)
      throw invalidInputError('status', `must be one or more of ${CONVERSATION_STATUSES.join(', ')}`);
    const number = parseConversationNumber(text);
    const plan = number?.isNumberOnly
      ? NUMBER_ONLY_PLAN
      : planSearch(await this.repository.getSampleStats(workspaceId, text, filter.createdBefore));
    return { plan, limit, filter, now: this.clock.now(), number: number?.value ?? null };
  }

  private async findContacts(
    workspaceId: string,
    text: string,
    filter: SearchFilter,
  ): Promise<readonly MatchedContact[]> {
    if (filter.contact !== undefined || parseConversationNumber(text)?.isNumberOnly) return [];
    return (await this.contacts.search(workspaceId, text, MAX_CONTACTS)).hits;
  }
}

/** Plan of a search for a conversation number. */
const NUMBER_ONLY_PLAN: SearchPlan = { query: null, common: false };

function toFindings<Found extends { readonly total: number; readonly more: boolean }>(
  found: readonly Found[],
  toHit: (item: Found) => SearchHit,
): SearchResult {
  const [first] = found;
  return { hits: found.map(toHit), total: first?.total ?? 0, totalIsEstimate: first?.more ?? false };
}

function highlightNumber({ number, subject }: { readonly number: number; readonly subject: string | null }): string {
  return `<mark>#${number}</mark>${subject === null ? '' : ` ${escapeHtml(subject)}`}`;
}

function highlightPassage(passage: string): string {
  return escapeHtml(passage).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>');
}
