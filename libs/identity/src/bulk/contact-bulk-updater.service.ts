import { Injectable } from '@nestjs/common';
import {
  changedSinceMessage,
  diffBulkFields,
  toSkipped,
  type BulkFieldChanges,
  type BulkOutcome,
} from '@parley/kernel/bulk';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { bulkFieldsOf, planContactUndo } from './contact-bulk-undo.js';
import { buildContactInput, type BulkUpdateContactsInput } from './contact-bulk-update.js';

/** Updates and restores single contacts of bulk updates, in the caller's unit of work. */
@Injectable()
export class ContactBulkUpdater {
  constructor(private readonly contacts: ContactsService) {}

  /** @throws DomainError BAD_REQUEST, NOT_FOUND */
  async update(workspaceId: string, id: string, change: BulkUpdateContactsInput): Promise<BulkOutcome> {
    let before!: ContactView;
    const after = await this.contacts.updateWith(workspaceId, id, (contact) => {
      before = contact;
      return buildContactInput(change, contact);
    });
    return after.version === before.version
      ? { status: 'unchanged' }
      : { status: 'updated', changes: diffBulkFields(bulkFieldsOf(before), bulkFieldsOf(after)) };
  }

  /**
   * Restores the fields that still have the value of the bulk update.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE if a previous value is no longer valid.
   */
  async restore(workspaceId: string, id: string, changes: BulkFieldChanges): Promise<BulkOutcome> {
    let version = 0;
    let skippedFields: readonly string[] = [];
    try {
      const after = await this.contacts.updateWith(workspaceId, id, (contact) => {
        const plan = planContactUndo(changes, contact);
        [version, skippedFields] = [contact.version, plan.skippedFields];
        return plan.input;
      });
      if (after.version !== version) return { status: 'updated', skippedFields };
      return skippedFields.length === 0
        ? { status: 'unchanged' }
        : { status: 'skipped', reason: 'changed', message: changedSinceMessage(skippedFields) };
    } catch (error) {
      return toSkipped(error);
    }
  }
}
