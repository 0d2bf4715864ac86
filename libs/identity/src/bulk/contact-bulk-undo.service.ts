import { Injectable } from '@nestjs/common';
import { BulkRunner, type BulkRunView } from '@parley/kernel/bulk';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { ContactBulkUpdateUndone } from '../identity.events.js';
import { BulkOperationsRepository } from './bulk-operations.repository.js';
import { ContactBulkUpdater } from './contact-bulk-updater.service.js';
import { UPDATE_CONTACTS } from './contact-bulk.service.js';

/** Undoes bulk updates of contacts. */
@Injectable()
export class ContactBulkUndoService {
  constructor(
    private readonly operations: BulkOperationsRepository,
    private readonly updater: ContactBulkUpdater,
    private readonly bulk: BulkRunner,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {}

  /**
   * Restores the contacts: up to 500 immediately, more in a job. Returns the existing undo if there is one.
   * @throws DomainError NOT_FOUND, CONFLICT, UNPROCESSABLE
   */
  undo(workspaceId: string, id: string): Promise<BulkRunView> {
    return this.bulk.undo(this.operations, workspaceId, id, {
      restore: (contactId, changes) => this.updater.restore(workspaceId, contactId, changes),
      enqueueJob: (operationId) =>
        this.jobs.enqueue(UPDATE_CONTACTS, { workspaceId, operationId }, { key: operationId }),
      onStarted: (undo) =>
        this.events.append(new ContactBulkUpdateUndone(id, { undo_id: undo.id, contact_count: undo.total })),
    });
  }
}
