import { Injectable } from '@nestjs/common';
import { atPath, Clock, invalidInputError, sentence, unprocessableError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { distinctIds, type BulkRequest } from '@parley/kernel/bulk';
import { ConversationAssignmentService } from '../conversations/conversation-assignment.service.js';
import type { UpdateConversationInput } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';

/** Maximum number of conversations that one request can update. */
const MAX_CONVERSATIONS = 50_000;

/**
 * The update and the conversations to apply it to: those in `ids`, those that match `filter`, or those in `ids` that
 * match `filter`.
 */
export interface BulkUpdateConversationsInput {
  readonly ids?: readonly string[];
  /** Rich filter as received; not validated yet. */
  readonly filter?: unknown;
  /** User that `me` refers to in the filter; null for a service key. */
  readonly me: string | null;
  readonly update: UpdateConversationInput;
}

/** Validated bulk update with the conversations to update. */
export interface PreparedConversationBulk {
  readonly request: BulkRequest<UpdateConversationInput>;
  readonly targetIds: readonly string[];
}

const MATCH_ALL = { all: [] };

/** Validates bulk updates and selects their conversations. */
@Injectable()
export class ConversationBulkRequestBuilder {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly assignment: ConversationAssignmentService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError BAD_REQUEST unless there are ids or a valid filter, and a field to update; UNPROCESSABLE when
   * none of the ids exists, the new assignee, team or inbox is not valid, or the filter matches too many conversations.
   */
  async build(
    workspaceId: string,
    { ids, filter, me, update }: BulkUpdateConversationsInput,
  ): Promise<PreparedConversationBulk> {
    if (ids === undefined && filter === undefined)
      throw invalidInputError('ids', sentence`Pass \`${['ids']}\`, \`${['filter']}\`, or both`);
    if (Object.keys(update).length === 0)
      throw invalidInputError('update', sentence`Pass at least one field to update`);
    const requestedIds = ids && distinctIds(ids);
    const found = await this.conversations.listIds(
      workspaceId,
      filter === undefined ? MATCH_ALL : filter,
      me,
      MAX_CONVERSATIONS + 1,
      requestedIds ?? null,
    );
    if (requestedIds && found.length === 0)
      throw unprocessableError('No matching conversations', { ids: requestedIds.slice(0, 100) });
    if (found.length > MAX_CONVERSATIONS)
      throw unprocessableError(
        `The filter matches more than ${MAX_CONVERSATIONS} conversations. Use a narrower filter`,
      );
    await atPath(['update'], () => this.assignment.assertAssignable(workspaceId, update, null));
    // With ids alone, each requested id gets a result. With a filter, only the conversations that match it get one.
    // A job must not update conversations that are hidden from the caller.
    const reportsUnknownIds = filter === undefined && currentHiddenInboxIds().length === 0;
    const targetIds = requestedIds && reportsUnknownIds ? requestedIds : found;
    const createdAt = this.clock.now().toISOString();
    return { request: { ids: targetIds, change: update, total: targetIds.length, createdAt }, targetIds };
  }
}
