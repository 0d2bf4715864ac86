import { Injectable } from '@nestjs/common';
import { atPath, Clock, invalidInputError, notFoundError, sentence, unprocessableError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import {
  BulkRunner,
  distinctIds,
  MAX_BULK_SAMPLE_SIZE,
  MAX_SYNCHRONOUS_BULK_SIZE,
  type BulkPreview,
  type BulkRequest,
  type BulkRunView,
} from '@parley/kernel/bulk';
import { Jobs } from '@parley/kernel/jobs';
import { ConversationAssignmentService } from '../conversations/conversation-assignment.service.js';
import type { UpdateConversationInput } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { UPDATE_CONVERSATIONS } from './bulk-jobs.js';
import { ConversationBulkUpdater } from './conversation-bulk-updater.service.js';

/** Maximum number of failures stored for a bulk update that runs in a job. */
export const MAX_STORED_FAILURES = 500;

/** Maximum number of conversations that one request can update. */
const MAX_CONVERSATIONS = 50_000;
const BATCH_SIZE = 50;

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

const MATCH_ALL = { all: [] };

/** Updates many conversations independently: a failed update does not affect the others. */
@Injectable()
export class ConversationBulkService {
  constructor(
    private readonly bulkChanges: BulkChangesRepository,
    private readonly conversations: ConversationsService,
    private readonly updater: ConversationBulkUpdater,
    private readonly assignment: ConversationAssignmentService,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Updates up to 500 conversations at once and returns a result for each; enqueues a job for more.
   * @throws DomainError BAD_REQUEST unless there are ids or a valid filter, and a field to update; UNPROCESSABLE when
   * none of the ids exists, the new assignee, team or inbox is not valid, or the filter matches too many conversations.
   */
  async update(workspaceId: string, input: BulkUpdateConversationsInput): Promise<BulkRunView> {
    const { request, targetIds } = await this.prepare(workspaceId, input);
    if (targetIds.length > MAX_SYNCHRONOUS_BULK_SIZE)
      return this.bulk.enqueue(this.bulkChanges, workspaceId, request, (bulkId) =>
        this.jobs.enqueue(UPDATE_CONVERSATIONS, { workspaceId, bulkId }),
      );
    return this.bulk.runNow(this.bulkChanges, workspaceId, request, targetIds, (id) =>
      this.updater.update(workspaceId, id, input.update),
    );
  }

  /** Returns what {@link update} would do, without changing anything. @throws the same errors. */
  async preview(workspaceId: string, input: BulkUpdateConversationsInput): Promise<BulkPreview> {
    const { targetIds } = await this.prepare(workspaceId, input);
    const sample = await this.bulk.preview(targetIds.slice(0, MAX_BULK_SAMPLE_SIZE), (id) =>
      this.updater.update(workspaceId, id, input.update),
    );
    return { total: targetIds.length, sample };
  }

  /** Leaves out the results of conversations that the caller cannot see. @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const bulkChange = await this.bulkChanges.find(workspaceId, id);
    if (!bulkChange) throw notFoundError('Bulk change');
    const hiddenInboxIds = currentHiddenInboxIds();
    if (hiddenInboxIds.length === 0) return bulkChange;
    const ids = bulkChange.results.map((result) => result.id);
    const hiddenIds = await this.conversations.listHiddenIds(workspaceId, ids, hiddenInboxIds);
    return { ...bulkChange, results: bulkChange.results.filter((result) => !hiddenIds.has(result.id)) };
  }

  /** Processes the next batch as the actor who requested it. Returns true if conversations remain. */
  processBatch(workspaceId: string, id: string): Promise<boolean> {
    return this.bulk.processBatch(this.bulkChanges, workspaceId, id, {
      size: BATCH_SIZE,
      maxFailures: MAX_STORED_FAILURES,
      updaterFor: (update) => (conversationId) => this.updater.update(workspaceId, conversationId, update),
      restore: (conversationId, changes) => this.updater.restore(workspaceId, conversationId, changes),
      runAs: (actor, work) => this.updater.runAs(workspaceId, actor, work),
    });
  }

  private async prepare(
    workspaceId: string,
    { ids, filter, me, update }: BulkUpdateConversationsInput,
  ): Promise<{ request: BulkRequest<UpdateConversationInput>; targetIds: readonly string[] }> {
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
    const request = {
      ids: targetIds,
      change: update,
      total: targetIds.length,
      createdAt: this.clock.now().toISOString(),
    };
    return { request, targetIds };
  }
}
