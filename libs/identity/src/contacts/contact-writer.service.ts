import { Injectable } from '@nestjs/common';
import {
  currentContext,
  DomainError,
  FieldConflictError,
  fieldConflictError,
  newId,
  notFoundError,
} from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';
import { violatedConstraint, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { FileIngestService } from '@parley/kernel/files';
import { assertVersion } from '@parley/kernel/http';
import { assertCustomFieldsSize } from '../attributes/custom-fields.js';
import { ContactCreated, ContactUpdated } from '../identity.events.js';
import { ContactAddressesRepository, type UniqueField } from './contact-addresses.repository.js';
import { diffContact, buildContactPatch } from './contact-patch.js';
import type { ContactInput, ContactPatch, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';

/**
 * Writes contacts, their addresses and their events in the caller's unit of work. All writes of contacts go through
 * this class.
 */
@Injectable()
export class ContactWriter {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly addresses: ContactAddressesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly files: FileIngestService,
  ) {}

  /** The error for a missing contact, with `mergedInto` for a merged contact and `erasedAt` for an erased contact. */
  async buildNotFoundError(workspaceId: string, id: string): Promise<DomainError> {
    const root = await this.contacts.findMergeRoot(workspaceId, id);
    if (root)
      return new DomainError('NOT_FOUND', 'Contact not found: it was merged into another contact', {
        mergedInto: root.id,
      });
    const erasedAt = await this.contacts.findErasedAt(workspaceId, id);
    return erasedAt === null
      ? notFoundError('Contact')
      : new DomainError('NOT_FOUND', 'Contact not found: it was erased', { erasedAt });
  }

  /** The error for a value that another contact has. */
  async buildConflictError(workspaceId: string, fields: ContactInput): Promise<DomainError> {
    const [first] = await this.addresses.listOwners(workspaceId, fields);
    return contactConflictError(first?.field ?? 'email');
  }

  /**
   * Applies the fields that `decide` returns for the locked contact. @throws DomainError BAD_REQUEST if there are too
   * many custom fields, NOT_FOUND, CONFLICT, PRECONDITION_FAILED.
   */
  async update(
    workspaceId: string,
    id: string,
    decide: (before: ContactView) => ContactInput | Promise<ContactInput>,
    expectedVersion: number | null,
  ): Promise<ContactView> {
    const before = await this.contacts.lock(workspaceId, id);
    if (!before) throw await this.buildNotFoundError(workspaceId, id);
    assertVersion(expectedVersion, before.version, () => before);
    const { changed, patch } = diffContact(before, buildContactPatch(await decide(before), before));
    if (Object.keys(patch).length === 0) return before;
    if (patch.customFields) assertCustomFieldsSize(patch.customFields);
    const after = await this.mapAddressConflicts(async () => {
      const updated = await this.contacts.update(workspaceId, id, patch);
      const hasNewAddresses = await this.replaceAddresses(workspaceId, updated, patch);
      // One of the new addresses can be blocked.
      const [changed] = hasNewAddresses ? await this.contacts.refreshBlocked(workspaceId, [id]) : [];
      return changed ? (await this.contacts.find(workspaceId, id))! : updated;
    });
    if ('avatar' in patch) await this.discardAvatar(workspaceId, before);
    this.events.append(new ContactUpdated(id, { changed }));
    return after;
  }

  /** Deletes an avatar file after the commit, unless undoing a merge needs it. */
  async discardAvatar(workspaceId: string, { id, avatar }: ContactView): Promise<void> {
    if (!avatar || (await this.contacts.sharesAvatar(workspaceId, id, avatar.key))) return;
    this.unitOfWork.afterCommit(() => this.files.discard([avatar.key]));
  }

  /** Returns true if any address was written. */
  private async replaceAddresses(
    workspaceId: string,
    { id, email, otherEmails, phone, otherPhones }: ContactView,
    patch: ContactPatch,
  ): Promise<boolean> {
    const [emails, phones] = ['email' in patch || 'otherEmails' in patch, 'phone' in patch || 'otherPhones' in patch];
    if (emails) await this.addresses.replaceEmails(workspaceId, id, email === null ? [] : [email, ...otherEmails]);
    if (phones) await this.addresses.replacePhones(workspaceId, id, phone === null ? [] : [phone, ...otherPhones]);
    return emails || phones;
  }

  /**
   * The new contact; null if the e-mail or identifier is taken. @throws DomainError CONFLICT if another e-mail is
   * taken.
   */
  async create(workspaceId: string, fields: ContactInput): Promise<ContactView | null> {
    const id = newId();
    const created = await this.mapAddressConflicts(() => this.contacts.add(workspaceId, id, buildContactPatch(fields)));
    if (created) this.events.append(new ContactCreated(id, { email: created.email }));
    return created;
  }

  /**
   * Creates contacts in one statement, without events. Returns their IDs. @throws DomainError CONFLICT if any unique
   * value is taken; then no contact is created.
   */
  async createMany(workspaceId: string, inputs: readonly ContactInput[]): Promise<string[]> {
    const created = await this.mapAddressConflicts(() =>
      this.contacts.addMany(
        workspaceId,
        inputs.map((fields) => ({ id: newId(), patch: buildContactPatch(fields) })),
      ),
    );
    if (created.length < inputs.length) throw contactConflictError('email');
    return created.map(({ id }) => id);
  }

  private async mapAddressConflicts<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const [, field] = /^contacts?_(email|identifier)s?(_pkey)?$/.exec(violatedConstraint(error) ?? '') ?? [];
      throw field ? contactConflictError(field as UniqueField) : error;
    }
  }
}

/** A conflict with another contact. Contains the ID of that contact, `ownerId`, if the caller can read contacts. */
export function contactConflictError(field: UniqueField, ownerId?: string): FieldConflictError {
  return fieldConflictError(
    field,
    `Another contact already has this ${field}`,
    ownerId !== undefined && canReadContacts() ? { id: ownerId } : {},
  );
}

/** True if the caller can read contacts. */
export function canReadContacts(): boolean {
  const principal = currentContext()?.principal;
  return principal != null && hasScope(principal.scopes, 'contacts:read');
}
