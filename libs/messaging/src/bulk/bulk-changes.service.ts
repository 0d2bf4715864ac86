import { Injectable } from '@nestjs/common';
import { badRequest, Clock, currentActor, DomainError, Jobs, newId, notFound, runAs, UnitOfWork, unprocessable } from '@parley/kernel';
import { ConversationAssignment } from '../conversations/conversation-assignment.service.js';
import { ConversationEdits } from '../conversations/conversation-edit.service.js';
import type { ConversationEdit } from '../conversations/conversation.view.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MOST_AT_ONCE, MOST_IN_ALL, MOST_FAILURES_KEPT, type BulkChangeView, type RowResult } from './bulk-change.view.js';
import { BulkChangesRepository } from './bulk-changes.repository.js';
import { CHANGE_CONVERSATIONS } from './bulk-jobs.js';

const PER_STEP = 50;

/** What to change, and of which conversations: those named, those that a filter lets through, or those named that it lets through. */
export interface WantedBulkChange {
  readonly ids?: readonly string[];
  /** A rich filter as it came in. */
  readonly filter?: unknown;
  readonly edit: ConversationEdit;
}

const ANY = { all: [] };

/** Changes many conversations, each on its own: what one refuses does not keep the others from it. */
@Injectable()
export class BulkChanges {
  constructor(
    private readonly bulk: BulkChangesRepository,
    private readonly conversations: ConversationsService,
    private readonly edits: ConversationEdits,
    private readonly assignment: ConversationAssignment,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes up to 500 conversations at once and tells of each; leaves more to a job.
   * @throws DomainError BAD_REQUEST unless there are ids or a valid filter, and something to change; UNPROCESSABLE when none of the ids is there, nobody
   * could get what is to be given, or there are too many.
   */
  async change(workspaceId: string, { ids, filter, edit }: WantedBulkChange): Promise<BulkChangeView> {
    if (ids === undefined && filter === undefined) throw badRequest({ ids: ['say which conversations: ids, a filter, or both'] });
    if (Object.keys(edit).length === 0) throw badRequest({ update: ['say what to change'] });
    const named = ids && [...new Set(ids.map((id) => id.toLowerCase()))].sort();
    const found = await this.conversations.idsOf(workspaceId, filter === undefined ? ANY : filter, MOST_IN_ALL + 1, named ?? null);
    if (named && found.length === 0) throw unprocessable('None of these conversations is there', { ids: named.slice(0, 100) });
    if (found.length > MOST_IN_ALL) throw unprocessable(`The filter lets through more than ${MOST_IN_ALL} conversations: narrow it`);
    await this.assignment.assertAssignable(workspaceId, edit);
    await this.assignment.inbox(workspaceId, edit.inboxId);
    // Each id is answered for; with a filter as well, only those that it lets through. In one order for all, so that two calls at once wait for each other.
    const all = named && filter === undefined ? named : found;
    return all.length > MOST_AT_ONCE ? this.queue(workspaceId, all, edit) : this.changeNow(workspaceId, all, edit);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkChangeView> {
    const change = await this.bulk.find(workspaceId, id);
    if (!change) throw notFound('Bulk change');
    return change;
  }

  /** Changes the next conversations, as whoever asked for it; gives whether more are to come. */
  goOn(workspaceId: string, id: string): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const task = await this.bulk.claim(workspaceId, id, PER_STEP);
      if (!task) return false;
      const results = await runAs(task.actor, () => this.changeEach(workspaceId, task.ids, task.edit));
      const kept = MOST_FAILURES_KEPT - (await this.get(workspaceId, id)).results.length;
      const failures = results.filter(({ status }) => status === 'failed').slice(0, Math.max(0, kept));
      return (await this.bulk.advance(workspaceId, id, results, failures, this.clock.now().toISOString())).status === 'running';
    });
  }

  private async changeNow(workspaceId: string, ids: readonly string[], edit: ConversationEdit): Promise<BulkChangeView> {
    const begun = this.clock.now().toISOString();
    const results = await this.changeEach(workspaceId, ids, edit);
    return this.unitOfWork.run(async () => {
      const { id } = await this.bulk.add(workspaceId, newId(), { actor: currentActor(), edit, ids }, begun);
      return this.bulk.advance(workspaceId, id, results, results, this.clock.now().toISOString());
    });
  }

  private queue(workspaceId: string, ids: readonly string[], edit: ConversationEdit): Promise<BulkChangeView> {
    return this.unitOfWork.run(async () => {
      const queued = await this.bulk.add(workspaceId, newId(), { actor: currentActor(), edit, ids }, this.clock.now().toISOString());
      await this.jobs.enqueue(CHANGE_CONVERSATIONS, { workspaceId, bulkId: queued.id });
      return queued;
    });
  }

  private async changeEach(workspaceId: string, ids: readonly string[], edit: ConversationEdit): Promise<RowResult[]> {
    const results: RowResult[] = [];
    for (const id of ids) results.push(await this.changeOne(workspaceId, id, edit));
    return results;
  }

  private async changeOne(workspaceId: string, id: string, edit: ConversationEdit): Promise<RowResult> {
    try {
      await this.unitOfWork.attempt(() => this.edits.edit(workspaceId, id, edit));
      return { id, status: 'updated', error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { id, status: 'failed', error: { code: error.code, message: error.message } };
    }
  }
}
