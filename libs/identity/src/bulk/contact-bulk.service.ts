import { Injectable } from '@nestjs/common';
import {
  badRequest,
  BulkRunner,
  Clock,
  defineJob,
  distinctIds,
  Jobs,
  MOST_BULK_AT_ONCE,
  notFound,
  UnitOfWork,
  unprocessable,
  type BulkRunView,
} from '@parley/kernel';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository, type ContactSelection } from '../contacts/contact-lists.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { BulkOperationsRepository } from './bulk-operations.repository.js';
import { fieldsFor, type ContactBulkChange } from './contact-bulk-change.js';

/** Goes on with a change of many contacts. */
export const CHANGE_CONTACTS = defineJob<{ readonly workspaceId: string; readonly operationId: string }>(
  'identity.change-contacts',
  { attempts: 10 },
);

const PAGE = 200;
const MOST_FAILURES_KEPT = 1_000;

/** Changes many contacts at once. */
@Injectable()
export class ContactBulk {
  constructor(
    private readonly operations: BulkOperationsRepository,
    private readonly selections: ContactListsRepository,
    private readonly contacts: ContactsService,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the contacts of a selection: up to 500 at once, and more by a job.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE when none of the ids is a contact's.
   */
  async begin(
    workspaceId: string,
    ids: readonly string[] | null,
    filter: unknown,
    change: ContactBulkChange,
  ): Promise<BulkRunView> {
    if (ids === null && filter === undefined) throw badRequest({ ids: ['say which contacts: ids, a filter, or both'] });
    const distinct = ids && distinctIds(ids);
    const selection: ContactSelection = {
      ids: distinct,
      filter: filter === undefined ? null : parseContactFilter(filter),
    };
    const now = this.clock.now().toISOString();
    const found = await this.selections.idsOf(workspaceId, selection, null, now, MOST_BULK_AT_ONCE + 1);
    if (distinct && found.length === 0)
      throw unprocessable('None of these contacts is there', { ids: distinct.slice(0, 100) });
    // Each id is answered for; with a filter as well, only those that pass it.
    const named = distinct && !selection.filter ? distinct : found;
    const total =
      named.length <= MOST_BULK_AT_ONCE || named === distinct
        ? named.length
        : await this.selections.count(workspaceId, selection, now);
    const operation = { ids: distinct, filter: selection.filter?.source ?? null, change, total, createdAt: now };
    if (total > MOST_BULK_AT_ONCE)
      return this.bulk.queue(this.operations, workspaceId, operation, (operationId) =>
        this.jobs.enqueue(CHANGE_CONTACTS, { workspaceId, operationId }),
      );
    return this.unitOfWork.run(() =>
      this.bulk.changeNow(this.operations, workspaceId, operation, named, (id) =>
        this.changeOne(workspaceId, id, change),
      ),
    );
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const operation = await this.operations.find(workspaceId, id);
    if (!operation) throw notFound('Bulk operation');
    return operation;
  }

  /** Changes the next contacts of an operation, as whoever began it. Whether more are left. */
  goOn(workspaceId: string, operationId: string): Promise<boolean> {
    return this.bulk.goOn(this.operations, workspaceId, operationId, {
      size: PAGE,
      mostFailures: MOST_FAILURES_KEPT,
      next: async (named) => (await this.nextFiltered(workspaceId, operationId)) ?? named,
      changing: (change) => (id) => this.changeOne(workspaceId, id, change),
    });
  }

  /** The next contacts that pass the operation's filter; null when it has none. */
  private async nextFiltered(workspaceId: string, operationId: string): Promise<readonly string[] | null> {
    const operation = await this.operations.findFiltered(workspaceId, operationId);
    if (!operation) return null;
    const { ids, filter, position, createdAt } = operation;
    const found = await this.selections.idsOf(
      workspaceId,
      { ids, filter: parseContactFilter(filter) },
      position,
      createdAt,
      PAGE,
    );
    if (found.length > 0) await this.operations.reach(workspaceId, operationId, found.at(-1)!);
    return found;
  }

  private async changeOne(
    workspaceId: string,
    id: string,
    change: ContactBulkChange,
  ): Promise<'updated' | 'unchanged'> {
    let before = 0;
    const { version } = await this.contacts.change(workspaceId, id, (contact) => {
      before = contact.version;
      return fieldsFor(change, contact);
    });
    return version === before ? 'unchanged' : 'updated';
  }
}
