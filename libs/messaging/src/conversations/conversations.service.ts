import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock, notFoundError } from '@parley/kernel';
import { invalidFilterError, parseFilter, type ValidFilter } from '@parley/kernel/filter';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { CONVERSATION_FILTER_FIELDS } from './conversation-fields.js';
import { ConversationListsRepository } from './conversation-lists.repository.js';
import type { ConversationView } from './conversation.view.js';
import { findMePaths, replaceMe, replaceNone, expandNone } from './filter-aliases.js';
import type { ConversationOrder, ConversationsFilter } from './conversations-filter.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Reads conversations. */
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

  /**
   * Returns a page of the conversations that match a rich filter; `me` in the filter refers to the given user.
   * @throws DomainError BAD_REQUEST with all errors of the filter by path.
   */
  filter(
    workspaceId: string,
    filter: unknown,
    me: string | null,
    orderBy: ConversationOrder,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    return this.lists.filter(workspaceId, validateConversationFilter(filter, me), this.clock.now(), orderBy, request);
  }

  /**
   * Returns the ids of at most `limit` conversations that match the filter; limited to `among` if it is not null.
   * @throws DomainError BAD_REQUEST with all errors of the filter by path.
   */
  listIds(
    workspaceId: string,
    filter: unknown,
    me: string | null,
    limit: number,
    among: readonly string[] | null = null,
  ): Promise<string[]> {
    return this.lists.listIds(workspaceId, validateConversationFilter(filter, me), this.clock.now(), limit, among);
  }

  /**
   * Counts the conversations that match each filter, up to `limit` each.
   * @throws DomainError BAD_REQUEST with all errors of a filter by path.
   */
  countMany(workspaceId: string, filters: readonly unknown[], me: string | null, limit: number): Promise<number[]> {
    return this.lists.countMany(
      workspaceId,
      filters.map((filter) => validateConversationFilter(filter, me)),
      this.clock.now(),
      limit,
    );
  }

  /** @throws DomainError BAD_REQUEST with all errors of the filter by path. */
  assertFilter(filter: unknown, me: string | null): void {
    validateConversationFilter(filter, me);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ConversationView> {
    const conversation = await this.conversations.find(workspaceId, id);
    if (!conversation) throw notFoundError('Conversation');
    return conversation;
  }

  /** Returns the conversation, or null. */
  find(workspaceId: string, id: string): Promise<ConversationView | null> {
    return this.conversations.find(workspaceId, id);
  }

  /** Returns which of these conversations are in one of the inboxes. */
  listHiddenIds(workspaceId: string, ids: readonly string[], hiddenInboxIds: readonly string[]): Promise<Set<string>> {
    return this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds);
  }

  /** Returns the conversations that exist, in any order. */
  findMany(workspaceId: string, ids: readonly string[]): Promise<ConversationView[]> {
    return this.conversations.findMany(workspaceId, ids);
  }
}

/** Parses the filter and replaces its aliases. @throws DomainError BAD_REQUEST with all errors by path. */
function validateConversationFilter(filter: unknown, me: string | null): ValidFilter {
  const mePaths = me === null ? findMePaths(filter) : [];
  if (mePaths.length > 0)
    throw invalidFilterError(
      mePaths.map((path) => ({ path, message: '`me` requires a user credential' })),
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
  throw invalidFilterError(parsed.issues, 'The filter is not valid');
}
