import { Injectable } from '@nestjs/common';
import { Clock, DomainError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { ContactDeleted } from '../identity.events.js';
import { selectMissingFields } from './contact-patch.js';
import { ContactValidator } from './contact-validator.service.js';
import { ContactOwnerFinder } from './contact-owner-finder.service.js';
import { ContactWriter } from './contact-writer.service.js';
import type { ContactInput, ContactReference, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { contactConflictError } from './contact-conflict.js';

@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly ownerFinder: ContactOwnerFinder,
    private readonly writer: ContactWriter,
    private readonly contactValidator: ContactValidator,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND, with `mergedInto` for a merged contact. */
  async get(workspaceId: string, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(workspaceId, id);
    if (!contact) throw await this.buildNotFoundError(workspaceId, id);
    return contact;
  }

  /** The error for a missing contact, with `mergedInto` for a merged contact and `erasedAt` for an erased contact. */
  buildNotFoundError(workspaceId: string, id: string): Promise<DomainError> {
    return this.writer.buildNotFoundError(workspaceId, id);
  }

  /** IDs of the contact and of all contacts merged into it, directly or indirectly. */
  listMergedIds(workspaceId: string, id: string): Promise<string[]> {
    return this.contacts.listMergedIds(workspaceId, id);
  }

  find(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.contacts.find(workspaceId, id);
  }

  /** Returns the existing contacts of the given IDs, in no particular order. */
  findMany(workspaceId: string, ids: readonly string[]): Promise<ContactView[]> {
    return this.contacts.findMany(workspaceId, ids);
  }

  /** @throws DomainError BAD_REQUEST; CONFLICT if the identifier or an e-mail is taken. */
  async create(workspaceId: string, fields: ContactInput): Promise<ContactView> {
    const validated = await this.contactValidator.validate(workspaceId, fields);
    return this.ownerFinder.runNamingConflictOwner(workspaceId, validated, null, async () => {
      const created = await this.writer.create(workspaceId, validated);
      if (!created) throw await this.buildConflictError(workspaceId, validated);
      return created;
    });
  }

  /**
   * Finds a contact by ID, identifier, e-mail or phone number, in that order, or creates it. The other fields of the
   * reference fill empty fields of an existing contact and overwrite nothing.
   * @throws DomainError BAD_REQUEST; UNPROCESSABLE if the given ID is unknown; CONFLICT if the e-mail belongs to a
   * contact with another identifier.
   */
  async resolve(workspaceId: string, reference: ContactReference): Promise<ContactView> {
    const { id, ...input } = reference;
    if (id !== undefined) {
      const existing =
        (await this.contacts.find(workspaceId, id)) ?? (await this.contacts.findMergeRoot(workspaceId, id));
      if (!existing) throw unprocessableError('Contact not found', { contactId: id });
      return existing;
    }
    const fields = await this.contactValidator.validate(workspaceId, input);
    return this.unitOfWork.run(async () => {
      const existing =
        (await this.ownerFinder.find(workspaceId, fields)) ??
        (await this.createIfAvailable(workspaceId, fields)) ??
        (await this.ownerFinder.find(workspaceId, fields));
      if (!existing) throw await this.buildConflictError(workspaceId, fields);
      const missingFields = selectMissingFields(existing, fields);
      const conflict = missingFields.email
        ? await this.ownerFinder.findEmailConflict(workspaceId, existing.id, missingFields)
        : null;
      if (conflict) throw conflict;
      return Object.keys(missingFields).length > 0
        ? this.writer.update(workspaceId, existing.id, () => missingFields, null)
        : existing;
    });
  }

  async update(
    workspaceId: string,
    id: string,
    fields: ContactInput,
    expectedVersion: number | null,
  ): Promise<ContactView> {
    const validated = await this.contactValidator.validate(workspaceId, fields);
    return this.ownerFinder.runNamingConflictOwner(workspaceId, validated, id, () =>
      this.writer.update(workspaceId, id, () => validated, expectedVersion),
    );
  }

  /**
   * Applies the fields that `decide` returns for the locked contact. @throws DomainError BAD_REQUEST, NOT_FOUND,
   * CONFLICT
   */
  updateWith(workspaceId: string, id: string, decide: (before: ContactView) => ContactInput): Promise<ContactView> {
    return this.unitOfWork.run(() =>
      this.writer.update(
        workspaceId,
        id,
        (before) => this.contactValidator.validate(workspaceId, decide(before)),
        null,
      ),
    );
  }

  /** Returns the deleted contact. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const contact = await this.contacts.lock(workspaceId, id);
      if (!contact) throw await this.buildNotFoundError(workspaceId, id);
      assertVersion(expectedVersion, contact.version, () => contact);
      await this.contacts.delete(workspaceId, id);
      await this.writer.discardAvatar(workspaceId, contact);
      this.events.append(new ContactDeleted(id, {}));
      return contact;
    });
  }

  /**
   * Increments the conversation count before a conversation is created. Runs in the caller's unit of work and locks the
   * contact until its end.
   * @returns ID of the contact; for a merged contact, ID of the contact that it was merged into.
   * @throws DomainError UNPROCESSABLE if the contact does not exist.
   */
  async recordConversationStarted(workspaceId: string, id: string): Promise<string> {
    const now = this.clock.now().toISOString();
    if (await this.contacts.recordConversationStarted(workspaceId, id, now)) return id;
    const root = await this.contacts.findMergeRoot(workspaceId, id);
    if (!root || !(await this.contacts.recordConversationStarted(workspaceId, root.id, now)))
      throw unprocessableError('Contact not found', { contactId: id });
    return root.id;
  }

  /** Sets the time of the contact's last message to now; in the caller's unit of work. */
  touchLastSeen(workspaceId: string, id: string): Promise<void> {
    return this.contacts.touchLastSeen(workspaceId, id, this.clock.now().toISOString());
  }

  /** The new contact; null if another contact took one of its addresses concurrently. */
  private async createIfAvailable(workspaceId: string, fields: ContactInput): Promise<ContactView | null> {
    if (!fields.emails) return this.writer.create(workspaceId, fields);
    return this.unitOfWork
      .runInSavepoint(() => this.writer.create(workspaceId, fields))
      .catch((error: Error) => {
        if (error instanceof DomainError && error.code === 'CONFLICT') return null;
        throw error;
      });
  }

  private async buildConflictError(workspaceId: string, { identifier }: ContactInput): Promise<DomainError> {
    const byIdentifier = identifier ? await this.contacts.findByIdentifier(workspaceId, identifier) : null;
    return contactConflictError(byIdentifier ? 'identifier' : 'email');
  }
}

/**
 * The error for messages of a blocked contact. @param contactId null if the contact was created by the rejected request
 * and is rolled back with it.
 */
export function contactBlockedError(contactId: string | null): DomainError {
  return new DomainError('FORBIDDEN', 'This contact is blocked', contactId === null ? {} : { contactId });
}
