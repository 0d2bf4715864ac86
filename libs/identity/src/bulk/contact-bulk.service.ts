import { Injectable } from '@nestjs/common';
import { badRequest, Clock, currentActor, defineJob, DomainError, Jobs, newId, notFound, runAs, UnitOfWork, unprocessable } from '@parley/kernel';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository, type ContactSelection } from '../contacts/contact-lists.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';
import type { BulkOperationState, BulkOperationView, BulkResult } from './bulk-operation.view.js';
import { BulkOperationsRepository } from './bulk-operations.repository.js';
import { fieldsFor, type ContactBulkChange } from './contact-bulk-change.js';

/** Goes on with a change of many contacts. */
export const CHANGE_CONTACTS = defineJob<{ readonly workspaceId: string; readonly operationId: string }>('identity.change-contacts', { attempts: 10 });

/** Up to so many contacts are changed while the caller waits. */
export const MOST_AT_ONCE = 500;
const PAGE = 200;
const MOST_FAILURES_KEPT = 1_000;

/** Changes many contacts at once. */
@Injectable()
export class ContactBulk {
  constructor(
    private readonly operations: BulkOperationsRepository,
    private readonly selections: ContactListsRepository,
    private readonly contacts: ContactsService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the contacts of a selection: up to 500 at once, and more by a job.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE when none of the ids is a contact's.
   */
  async begin(workspaceId: string, ids: readonly string[] | null, filter: unknown, change: ContactBulkChange): Promise<BulkOperationView> {
    if (ids === null && filter === undefined) throw badRequest({ ids: ['say which contacts: ids, a filter, or both'] });
    const distinct = ids && [...new Set(ids.map((id) => id.toLowerCase()))].sort();
    const selection: ContactSelection = { ids: distinct, filter: filter === undefined ? null : parseContactFilter(filter) };
    const now = this.clock.now().toISOString();
    const found = await this.selections.idsOf(workspaceId, selection, null, now, MOST_AT_ONCE + 1);
    if (distinct && found.length === 0) throw unprocessable('None of these contacts is there', { ids: distinct.slice(0, 100) });
    // Each id is answered for; with a filter as well, only those that pass it.
    const named = distinct && !selection.filter ? distinct : found;
    const total = named.length <= MOST_AT_ONCE || named === distinct ? named.length : await this.selections.count(workspaceId, selection, now);
    const operation = { id: newId(), ids: distinct, filter: selection.filter?.source ?? null, change, actor: currentActor(), total, createdAt: now };
    return this.unitOfWork.run(async () => {
      await this.operations.add(workspaceId, operation);
      if (total > MOST_AT_ONCE) await this.jobs.enqueue(CHANGE_CONTACTS, { workspaceId, operationId: operation.id });
      else await this.apply(workspaceId, operation.id, change, named, true);
      return this.get(workspaceId, operation.id);
    });
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkOperationView> {
    const operation = await this.operations.find(workspaceId, id);
    if (!operation) throw notFound('Bulk operation');
    return operation;
  }

  /** Changes the next contacts of an operation, as whoever began it. Whether more are left. */
  goOn(workspaceId: string, operationId: string): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const operation = await this.operations.lock(workspaceId, operationId);
      if (operation?.status !== 'running') return false;
      const ids = await this.next(workspaceId, operation);
      const last = ids.length < PAGE;
      await runAs(operation.actor, () => this.apply(workspaceId, operationId, operation.change, ids, last, MOST_FAILURES_KEPT - operation.results.length));
      return !last;
    });
  }

  private next(workspaceId: string, { ids, filter, position, createdAt }: BulkOperationState): Promise<readonly string[]> {
    if (ids && !filter) return Promise.resolve(ids.filter((id) => position === null || id > position).slice(0, PAGE));
    return this.selections.idsOf(workspaceId, { ids, filter: filter && parseContactFilter(filter) }, position, createdAt, PAGE);
  }

  private async apply(workspaceId: string, operationId: string, change: ContactBulkChange, ids: readonly string[], last: boolean, keptFailures: number | null = null): Promise<void> {
    const results: BulkResult[] = [];
    for (const id of ids) results.push(await this.changeOne(workspaceId, id, change));
    const failures = results.filter(({ status }) => status === 'failed');
    await this.operations.advance(workspaceId, operationId, {
      position: ids.at(-1) ?? null, failed: failures.length, succeeded: results.length - failures.length,
      results: keptFailures === null ? results : failures.slice(0, Math.max(0, keptFailures)), completedAt: last ? this.clock.now().toISOString() : null,
    });
  }

  private async changeOne(workspaceId: string, id: string, change: ContactBulkChange): Promise<BulkResult> {
    try {
      let before = 0;
      const { version } = await this.unitOfWork.attempt(() =>
        this.contacts.change(workspaceId, id, (contact) => {
          before = contact.version;
          return fieldsFor(change, contact);
        }),
      );
      return { id, status: version === before ? 'unchanged' : 'updated', error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { id, status: 'failed', error: { code: error.code, message: error.message } };
    }
  }
}
