import { Injectable } from '@nestjs/common';
import {
  badRequest,
  BulkRunner,
  Clock,
  distinctIds,
  Jobs,
  MOST_BULK_AT_ONCE,
  notFound,
  unprocessable,
  type BulkRunView,
} from '@parley/kernel';
import { ConversationAssignment } from '../conversations/conversation-assignment.service.js';
import { ConversationEdits } from '../conversations/conversation-edit.service.js';
import type { ConversationEdit } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { CHANGE_CONVERSATIONS } from './bulk-jobs.js';

/** Failures that are kept of a change that a job goes on with. */
export const MOST_FAILURES_KEPT = 500;

/** Most conversations that one call can change. */
const MOST_IN_ALL = 50_000;
const PER_STEP = 50;

/** What to change, and of which conversations: those named, those that a filter lets through, or those named that it lets through. */
export interface WantedBulkChange {
  readonly ids?: readonly string[];
  /** A rich filter as it came in. */
  readonly filter?: unknown;
  /** Whom `me` stands for in the filter; null is nobody. */
  readonly me: string | null;
  readonly edit: ConversationEdit;
}

const ANY = { all: [] };

/** Changes many conversations, each on its own: what one refuses does not keep the others from it. */
@Injectable()
export class BulkChanges {
  constructor(
    private readonly changes: BulkChangesRepository,
    private readonly conversations: ConversationsService,
    private readonly edits: ConversationEdits,
    private readonly assignment: ConversationAssignment,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes up to 500 conversations at once and tells of each; leaves more to a job.
   * @throws DomainError BAD_REQUEST unless there are ids or a valid filter, and something to change; UNPROCESSABLE when none of the ids is there, nobody
   * could get what is to be given, or there are too many.
   */
  async change(workspaceId: string, { ids, filter, me, edit }: WantedBulkChange): Promise<BulkRunView> {
    if (ids === undefined && filter === undefined)
      throw badRequest({ ids: ['say which conversations: ids, a filter, or both'] });
    if (Object.keys(edit).length === 0) throw badRequest({ update: ['say what to change'] });
    const named = ids && distinctIds(ids);
    const found = await this.conversations.idsOf(
      workspaceId,
      filter === undefined ? ANY : filter,
      me,
      MOST_IN_ALL + 1,
      named ?? null,
    );
    if (named && found.length === 0)
      throw unprocessable('None of these conversations is there', { ids: named.slice(0, 100) });
    if (found.length > MOST_IN_ALL)
      throw unprocessable(`The filter lets through more than ${MOST_IN_ALL} conversations: narrow it`);
    await this.assignment.assertAssignable(workspaceId, edit, 'update.');
    await this.assignment.inbox(workspaceId, edit.inboxId, 'update.');
    // Each id is answered for; with a filter as well, only those that it lets through.
    const all = named && filter === undefined ? named : found;
    const demand = { ids: all, change: edit, total: all.length, createdAt: this.clock.now().toISOString() };
    if (all.length > MOST_BULK_AT_ONCE)
      return this.bulk.queue(this.changes, workspaceId, demand, (bulkId) =>
        this.jobs.enqueue(CHANGE_CONVERSATIONS, { workspaceId, bulkId }),
      );
    return this.bulk.changeNow(this.changes, workspaceId, demand, all, (id) => this.changeOne(workspaceId, id, edit));
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const change = await this.changes.find(workspaceId, id);
    if (!change) throw notFound('Bulk change');
    return change;
  }

  /** Changes the next conversations, as whoever asked for it; gives whether more are to come. */
  goOn(workspaceId: string, id: string): Promise<boolean> {
    return this.bulk.goOn(this.changes, workspaceId, id, {
      size: PER_STEP,
      mostFailures: MOST_FAILURES_KEPT,
      changing: (edit) => (conversationId) => this.changeOne(workspaceId, conversationId, edit),
    });
  }

  private async changeOne(workspaceId: string, id: string, edit: ConversationEdit): Promise<'updated'> {
    await this.edits.edit(workspaceId, id, edit);
    return 'updated';
  }
}
