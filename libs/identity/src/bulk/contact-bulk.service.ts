import { Injectable } from '@nestjs/common';
import { assertNoIssues, Clock, invalidInputError, notFoundError, sentence, unprocessableError } from '@parley/kernel';
import {
  BulkRunner,
  distinctIds,
  MAX_BULK_SAMPLE_SIZE,
  MAX_SYNCHRONOUS_BULK_SIZE,
  listFilterFields,
  toRequestedChanges,
  type BulkPreview,
  type BulkRunView,
} from '@parley/kernel/bulk';
import { Events } from '@parley/kernel/events';
import { defineJob, Jobs } from '@parley/kernel/jobs';
import { validateKeys } from '../attributes/custom-fields.js';
import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { ContactListsRepository, type ContactSelection } from '../contacts/contact-lists.repository.js';
import { ContactBulkUpdateStarted } from '../identity.events.js';
import { BulkOperationsRepository, type BulkOperation } from './bulk-operations.repository.js';
import type { BulkUpdateContactsInput } from './contact-bulk-update.js';
import { ContactBulkUpdater } from './contact-bulk-updater.service.js';

/** Continues a bulk update of contacts, or its undo. */
export const UPDATE_CONTACTS = defineJob<{ readonly workspaceId: string; readonly operationId: string }>(
  'identity.update-contacts',
  { attempts: 10, aliases: ['identity.change-contacts'] },
);

const BATCH_SIZE = 200;
const MAX_STORED_FAILURES = 1_000;

/** The contacts of a bulk update, as received. At least one of `ids` and `filter` is required. */
export interface BulkContactSelection {
  readonly ids: readonly string[] | null;
  readonly filter: unknown;
}

/** Updates many contacts. */
@Injectable()
export class ContactBulkService {
  constructor(
    private readonly operations: BulkOperationsRepository,
    private readonly contactLists: ContactListsRepository,
    private readonly updater: ContactBulkUpdater,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /**
   * Updates the contacts of a selection: up to 500 immediately, more in a job.
   * @throws DomainError BAD_REQUEST; UNPROCESSABLE if none of the IDs exists.
   */
  async start(
    workspaceId: string,
    selection: BulkContactSelection,
    change: BulkUpdateContactsInput,
  ): Promise<BulkRunView> {
    const { operation, targetIds } = await this.prepare(workspaceId, selection, change);
    const onStarted = (operationId: string): void => this.appendStarted(operationId, operation);
    if (operation.total > MAX_SYNCHRONOUS_BULK_SIZE)
      return this.bulk.enqueue(this.operations, workspaceId, operation, {
        enqueueJob: (operationId) =>
          this.jobs.enqueue(UPDATE_CONTACTS, { workspaceId, operationId }, { key: operationId }),
        onStarted,
      });
    return this.bulk.runNow(this.operations, workspaceId, operation, {
      ids: targetIds,
      updateItem: (id) => this.updater.update(workspaceId, id, change),
      onStarted,
    });
  }

  /** Returns what {@link start} would do, without changing anything. @throws the same errors. */
  async preview(
    workspaceId: string,
    selection: BulkContactSelection,
    change: BulkUpdateContactsInput,
  ): Promise<BulkPreview> {
    const { operation, targetIds } = await this.prepare(workspaceId, selection, change);
    const sample = await this.bulk.preview(targetIds.slice(0, MAX_BULK_SAMPLE_SIZE), (id) =>
      this.updater.update(workspaceId, id, change),
    );
    return { total: operation.total, sample };
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<BulkRunView> {
    const operation = await this.operations.find(workspaceId, id);
    if (!operation) throw notFoundError('Bulk operation');
    return operation;
  }

  /** Processes the next batch of an operation as the actor who started it. Returns true if contacts remain. */
  processBatch(workspaceId: string, operationId: string): Promise<boolean> {
    return this.bulk.processBatch(this.operations, workspaceId, operationId, {
      size: BATCH_SIZE,
      maxFailures: MAX_STORED_FAILURES,
      nextIds: async (targetIds) => (await this.listNextMatchingIds(workspaceId, operationId)) ?? targetIds,
      updaterFor: (change) => (id) => this.updater.update(workspaceId, id, change),
      restore: (id, changes) => this.updater.restore(workspaceId, id, changes),
    });
  }

  /** Returns the operation and the first contacts to update; all of them if they are updated immediately. */
  private async prepare(
    workspaceId: string,
    { ids, filter }: BulkContactSelection,
    change: BulkUpdateContactsInput,
  ): Promise<{ operation: BulkOperation; targetIds: readonly string[] }> {
    if (ids === null && filter === undefined)
      throw invalidInputError('ids', sentence`at least one of ${['ids']} and ${['filter']} is required`);
    const issues = validateKeys(change.customFields ?? {});
    assertNoIssues(issues.map((issue) => ({ ...issue, path: ['update', ...issue.path] })));
    const requestedIds = ids && distinctIds(ids);
    const selection: ContactSelection = {
      ids: requestedIds,
      filter: filter === undefined ? null : parseContactFilter(filter),
    };
    const now = this.clock.now().toISOString();
    const found = await this.contactLists.listIds(workspaceId, selection, null, now, MAX_SYNCHRONOUS_BULK_SIZE + 1);
    if (requestedIds && found.length === 0)
      throw unprocessableError('No matching contacts', { ids: requestedIds.slice(0, 100) });
    // Without a filter, the result reports each requested ID; with a filter, only the matching ones.
    const targetIds = requestedIds && !selection.filter ? requestedIds : found;
    const total =
      targetIds.length <= MAX_SYNCHRONOUS_BULK_SIZE || targetIds === requestedIds
        ? targetIds.length
        : await this.contactLists.count(workspaceId, selection, now);
    const operation = { ids: requestedIds, filter: selection.filter?.source ?? null, change, total, createdAt: now };
    return { operation, targetIds };
  }

  private appendStarted(operationId: string, { filter, change, total }: BulkOperation): void {
    const { customFields, addTags, removeTags, ...fields } = change;
    const changed = toRequestedChanges({
      ...fields,
      ...Object.fromEntries(Object.entries(customFields ?? {}).map(([key, value]) => [`custom_fields.${key}`, value])),
      add_tags: addTags,
      remove_tags: removeTags,
    });
    this.events.append(
      new ContactBulkUpdateStarted(operationId, {
        filter_fields: listFilterFields(filter),
        changed,
        contact_count: total,
      }),
    );
  }

  /** The next contacts that match the operation's filter; null if it has no filter. */
  private async listNextMatchingIds(workspaceId: string, operationId: string): Promise<readonly string[] | null> {
    const operation = await this.operations.findFiltered(workspaceId, operationId);
    if (!operation) return null;
    const { ids, filter, position, createdAt } = operation;
    const found = await this.contactLists.listIds(
      workspaceId,
      { ids, filter: parseContactFilter(filter) },
      position,
      createdAt,
      BATCH_SIZE,
    );
    if (found.length > 0) await this.operations.setPosition(workspaceId, operationId, found.at(-1)!);
    return found;
  }
}
