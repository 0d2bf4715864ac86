import { Injectable } from '@nestjs/common';
import { badRequestError, Clock, notFoundError, unprocessableError } from '@parley/kernel';
import { BulkRunner, distinctIds, MAX_SYNCHRONOUS_BULK_SIZE, type BulkRunView } from '@parley/kernel/bulk';
import { Jobs } from '@parley/kernel/jobs';
import { ConversationAssignmentService } from '../conversations/conversation-assignment.service.js';
import { ConversationActionsService } from '../conversations/conversation-actions.service.js';
import type { UpdateConversationInput } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { UPDATE_CONVERSATIONS } from './bulk-jobs.js';

/** Failures that are kept of a change that a job goes on with. */
export const MAX_STORED_FAILURES = 500;

/** Most conversations that one call can change. */
const MAX_CONVERSATIONS = 50_000;
const BATCH_SIZE = 50;

/** What to change, and of which conversations: those named, those that a filter lets through, or those named that it lets through. */
export interface BulkUpdateConversationsInput {
  readonly ids?: readonly string[];
  /** A rich filter as it came in. */
  readonly filter?: unknown;
  /** Whom `me` stands for in the filter; null is nobody. */
  readonly me: string | null;
  readonly update: UpdateConversationInput;
}

const MATCH_ALL = { all: [] };

/** Changes many conversations, each on its own: what one refuses does not keep the others from it. */
@Injectable()
export class ConversationBulkService {
  constructor(
    private readonly bulkChanges: BulkChangesRepository,
    private readonly conversations: ConversationsService,
    private readonly actions: ConversationActionsService,
    private readonly assignment: ConversationAssignmentService,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes up to 500 conversations at once and tells of each; leaves more to a job.
   * @throws DomainError BAD_REQUEST unless there are ids or a valid filter, and something to change; UNPROCESSABLE when none of the ids is there, nobody
   * could get what is to be given, or there are too many.
   */
  async change(workspaceId: string, { ids, filter, me, update }: BulkUpdateConversationsInput): Promise<BulkRunView> {
    if (ids === undefined && filter === undefined)
      throw badRequestError({ ids: ['say which conversations: ids, a filter, or both'] });
    if (Object.keys(update).length === 0) throw badRequestError({ update: ['say what to change'] });
    const requestedIds = ids && distinctIds(ids);
    const found = await this.conversations.listIds(
      workspaceId,
      filter === undefined ? MATCH_ALL : filter,
      me,
      MAX_CONVERSATIONS + 1,
      requestedIds ?? null,
    );
    if (requestedIds && found.length === 0)
      throw unprocessableError('None of these conversations is there', { ids: requestedIds.slice(0, 100) });
    if (found.length > MAX_CONVERSATIONS)
      throw unprocessableError(`The filter lets through more than ${MAX_CONVERSATIONS} conversations: narrow it`);
    await this.assignment.assertAssignable(workspaceId, update, 'update.');
    await this.assignment.resolveInbox(workspaceId, update.inboxId, 'update.');
    // Each id is answered for; with a filter as well, only those that it lets through.
    const targetIds = requestedIds && filter === undefined ? requestedIds : found;
    const request = {
      ids: targetIds,
      change: update,
      total: targetIds.length,
      createdAt: this.clock.now().toISOString(),
    };
    if (targetIds.length > MAX_SYNCHRONOUS_BULK_SIZE)
      return this.bulk.enqueue(this.bulkChanges, workspaceId, request, (bulkId) =>
        this.jobs.enqueue(UPDATE_CONVERSATIONS, { workspaceId, bulkId }),
      );
    return this.bulk.runNow(this.bulkChanges, workspaceId, request, targetIds, (id) =>
      this.updateOne(workspaceId, id, update),
    );
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const bulkChange = await this.bulkChanges.find(workspaceId, id);
    if (!bulkChange) throw notFoundError('Bulk change');
    return bulkChange;
  }

  /** Changes the next conversations, as whoever asked for it; gives whether more are to come. */
  processBatch(workspaceId: string, id: string): Promise<boolean> {
    return this.bulk.processBatch(this.bulkChanges, workspaceId, id, {
      size: BATCH_SIZE,
      maxFailures: MAX_STORED_FAILURES,
      updaterFor: (update) => (conversationId) => this.updateOne(workspaceId, conversationId, update),
    });
  }

  private async updateOne(workspaceId: string, id: string, update: UpdateConversationInput): Promise<'updated'> {
    await this.actions.update(workspaceId, id, update);
    return 'updated';
  }
}
