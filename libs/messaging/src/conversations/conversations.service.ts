import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { badRequestError, Clock, notFoundError } from '@parley/kernel';
import { parseFilter, type ValidFilter } from '@parley/kernel/filter';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { CONVERSATION_FILTER_FIELDS } from './conversation-fields.js';
import { ConversationListsRepository } from './conversation-lists.repository.js';
import type { ConversationView } from './conversation.view.js';
import { findMePaths, replaceMe, replaceNone, expandNone } from './filter-aliases.js';
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
    return this.lists.filter(workspaceId, validateConversationFilter(filter, me), this.clock.now(), orderBy, request);
  }

  /** Ids of those (among some, if they are given) that the filter lets through, at most `limit`. @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  listIds(
    workspaceId: string,
    filter: unknown,
    me: string | null,
    limit: number,
    among: readonly string[] | null = null,
  ): Promise<string[]> {
    return this.lists.listIds(workspaceId, validateConversationFilter(filter, me), this.clock.now(), limit, among);
  }

  /** How many each of the filters lets through, counted up to `limit`. @throws DomainError BAD_REQUEST with every fault of a filter by its path. */
  countMany(workspaceId: string, filters: readonly unknown[], me: string | null, limit: number): Promise<number[]> {
    return this.lists.counts(
      workspaceId,
      filters.map((filter) => validateConversationFilter(filter, me)),
      this.clock.now(),
      limit,
    );
  }

  /** @throws DomainError BAD_REQUEST with every fault of the filter by its path. */
  assertFilter(filter: unknown, me: string | null): void {
    validateConversationFilter(filter, me);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ConversationView> {
    const conversation = await this.conversations.find(workspaceId, id);
    if (!conversation) throw notFoundError('Conversation');
    return conversation;
  }

  /** The conversation, or null. */
  find(workspaceId: string, id: string): Promise<ConversationView | null> {
    return this.conversations.find(workspaceId, id);
  }
}

/** The filter, ready for a query. @throws DomainError BAD_REQUEST with every fault by its path. */
function validateConversationFilter(filter: unknown, me: string | null): ValidFilter {
  const mePaths = me === null ? findMePaths(filter) : [];
  if (mePaths.length > 0)
    throw badRequestError(
      Object.fromEntries(mePaths.map((path) => [path, ["cannot be me: this key is a service's, which is nobody"]])),
      'The filter is not valid',
    );
  const filterWithUser = me === null ? filter : replaceMe(filter, me);
  const validFilter = parseConversationFilter(replaceNone(filterWithUser));
  const rewrittenFilter = expandNone(filterWithUser);
  return isDeepStrictEqual(rewrittenFilter, filterWithUser) ? validFilter : parseConversationFilter(rewrittenFilter);
}

function parseConversationFilter(filter: unknown): ValidFilter {
  const parsed = parseFilter(filter, CONVERSATION_FILTER_FIELDS, { purpose: 'sql' });
  if (parsed.ok) return parsed.filter;
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.issues) (errors[path] ??= []).push(message);
  throw badRequestError(errors, 'The filter is not valid');
}
