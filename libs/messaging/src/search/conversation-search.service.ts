import { Injectable } from '@nestjs/common';
import {
  badRequest,
  Clock,
  escapeHtml,
  markWords,
  Searchable,
  type Findings,
  type SearchFilter,
  type SearchHit,
} from '@parley/kernel';
import { ContactSearchService } from '@parley/identity';
import { CONVERSATION_STATUSES } from '../conversations/conversation.view.js';
import { searchPlan, type SearchPlan } from './completed-query.js';
import {
  ConversationSearchRepository,
  MOST_CONTACTS,
  type MetContact,
  type WordSearch,
} from './conversation-search.repository.js';
import { numberIn } from './words-sql.js';

/** Finds conversations by their number, their subject, the words of their messages and who they are with; and the messages themselves. */
@Injectable()
export class ConversationSearch {
  constructor(
    private readonly repository: ConversationSearchRepository,
    private readonly contacts: ContactSearchService,
    private readonly clock: Clock,
  ) {}

  @Searchable('conversation')
  async conversations(workspaceId: string, words: string, limit: number, filter: SearchFilter): Promise<Findings> {
    const [search, met] = await Promise.all([
      this.searchFor(workspaceId, words, limit, filter),
      this.met(workspaceId, words, filter),
    ]);
    const found = await this.repository.conversations(workspaceId, search, met);
    return findings(
      found,
      ({ passage, contact_id, contact_name, contact_email, total: _total, more: _more, ...fields }) => ({
        ...fields,
        contact: { id: contact_id, name: contact_name },
        highlight:
          fields.number === search.number
            ? numbered(fields)
            : passage === null
              ? markWords([contact_name, contact_email].filter(Boolean).join(' · '), words)
              : marked(passage),
      }),
    );
  }

  @Searchable('message')
  async messages(workspaceId: string, words: string, limit: number, filter: SearchFilter): Promise<Findings> {
    const found = await this.repository.messages(workspaceId, await this.searchFor(workspaceId, words, limit, filter));
    return findings(
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
        highlight: marked(passage),
      }),
    );
  }

  private async searchFor(
    workspaceId: string,
    words: string,
    limit: number,
    filter: SearchFilter,
  ): Promise<WordSearch> {
    const unknown =
      filter.status?.filter((status) => !(CONVERSATION_STATUSES as readonly string[]).includes(status)) ?? [];
    if (unknown.length > 0)
      throw badRequest({ status: [`status must be one or more of ${CONVERSATION_STATUSES.join(', ')}`] });
    const number = numberIn(words);
    const plan = number?.only
      ? NOTHING_SAID
      : searchPlan(await this.repository.glance(workspaceId, words, filter.createdBefore));
    return { plan, limit, filter, now: this.clock.now(), number: number?.value ?? null };
  }

  private async met(workspaceId: string, words: string, filter: SearchFilter): Promise<readonly MetContact[]> {
    if (filter.contact !== undefined || numberIn(words)?.only) return [];
    return (await this.contacts.search(workspaceId, words, MOST_CONTACTS)).hits;
  }
}

/** The plan for words that are nothing but a number. */
const NOTHING_SAID: SearchPlan = { query: null, common: false };

function findings<Found extends { readonly total: number; readonly more: boolean }>(
  found: readonly Found[],
  toHit: (one: Found) => SearchHit,
): Findings {
  const [first] = found;
  return { hits: found.map(toHit), total: first?.total ?? 0, totalIsEstimate: first?.more ?? false };
}

function numbered({ number, subject }: { readonly number: number; readonly subject: string | null }): string {
  return `<mark>#${number}</mark>${subject === null ? '' : ` ${escapeHtml(subject)}`}`;
}

function marked(passage: string): string {
  return escapeHtml(passage).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>');
}
