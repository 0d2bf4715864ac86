import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  badRequest,
  Clock,
  notFound,
  parseFilter,
  type Page,
  type PageRequest,
  type ValidFilter,
} from '@parley/kernel';
import { CONVERSATION_FILTER_FIELDS } from './conversation-fields.js';
import { ConversationListsRepository } from './conversation-lists.repository.js';
import type { ConversationView } from './conversation.view.js';
import { placesOfMe, withMe, withNobody, withoutNone } from './filter-words.js';
import type { ConversationOrder, ConversationsFilter } from './conversations-filter.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Finds conversations. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly lists: ConversationListsRepository,
    private readonly clock: Clock,
  ) {}

  list(
    workspaceId: string,
    filter: ConversationsFilter,
    orderBy: ConversationOrder,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    return this.lists.list(workspaceId, filter, orderBy, request);
  }

  /** `me` is whom that word stands for in the filter; null is nobody. @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  filter(
    workspaceId: string,
    filter: unknown,
    me: string | null,
    orderBy: ConversationOrder,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    return this.lists.filter(workspaceId, validConversationFilter(filter, me), this.clock.now(), orderBy, request);
  }

  /** Ids of those (among some, if they are given) that the filter lets through, at most `limit`. @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  idsOf(
    workspaceId: string,
    filter: unknown,
    me: string | null,
    limit: number,
    among: readonly string[] | null = null,
  ): Promise<string[]> {
    return this.lists.idsOf(workspaceId, validConversationFilter(filter, me), this.clock.now(), limit, among);
  }

  /** How many each of the filters lets through, counted up to `limit`. @throws DomainError BAD_REQUEST with every fault of a filter by its path. */
  counts(workspaceId: string, filters: readonly unknown[], me: string | null, limit: number): Promise<number[]> {
    return this.lists.counts(
      workspaceId,
      filters.map((filter) => validConversationFilter(filter, me)),
      this.clock.now(),
      limit,
    );
  }

  /** @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  assertFilter(filter: unknown, me: string | null): void {
    validConversationFilter(filter, me);
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

/** The filter, ready for a query. @throws DomainError BAD_REQUEST with every fault by its path. */
function validConversationFilter(filter: unknown, me: string | null): ValidFilter {
  const nobodys = me === null ? placesOfMe(filter) : [];
  if (nobodys.length > 0)
    throw badRequest(
      Object.fromEntries(nobodys.map((path) => [path, ["cannot be me: this key is a service's, which is nobody"]])),
      'The filter is not valid',
    );
  const named = me === null ? filter : withMe(filter, me);
  const checked = parsedFilter(withNobody(named));
  const asked = withoutNone(named);
  return isDeepStrictEqual(asked, named) ? checked : parsedFilter(asked);
}

function parsedFilter(filter: unknown): ValidFilter {
  const parsed = parseFilter(filter, CONVERSATION_FILTER_FIELDS, { purpose: 'sql' });
  if (parsed.ok) return parsed.filter;
  const faults: Record<string, string[]> = {};
  for (const { path, message } of parsed.issues) (faults[path] ??= []).push(message);
  throw badRequest(faults, 'The filter is not valid');
}
