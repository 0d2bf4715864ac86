import { Injectable } from '@nestjs/common';
import { FieldConflictError, type DomainError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { ContactDeleted } from '../identity.events.js';
import { ContactAddressesRepository } from './contact-addresses.repository.js';
import { ContactValidator } from './contact-validator.service.js';
import { canReadContacts, contactConflictError, ContactWriter } from './contact-writer.service.js';
import type { ContactInput, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';

@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly addresses: ContactAddressesRepository,
    private readonly writer: ContactWriter,
    private readonly contactValidator: ContactValidator,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
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
    return this.runNamingConflictOwner(workspaceId, validated, null, async () => {
      const created = await this.writer.create(workspaceId, validated);
      if (!created) throw await this.writer.buildConflictError(workspaceId, validated);
      return created;
    });
  }

  async update(
    workspaceId: string,
    id: string,
    fields: ContactInput,
    expectedVersion: number | null,
  ): Promise<ContactView> {
    const validated = await this.contactValidator.validate(workspaceId, fields);
    return this.runNamingConflictOwner(workspaceId, validated, id, () =>
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
   * Runs `work`, which writes these fields of a contact, as a unit of work. Adds the other contact's ID to a conflict
   * error if the caller can read contacts.
   * @param contactId the contact being written; null if it is being created.
   */
  private async runNamingConflictOwner<T>(
    workspaceId: string,
    fields: ContactInput,
    contactId: string | null,
    work: () => Promise<T>,
  ): Promise<T> {
    if (!canReadContacts()) return this.unitOfWork.run(work);
    try {
      return await this.unitOfWork.runInSavepoint(work);
    } catch (error) {
      if (!(error instanceof FieldConflictError) || 'id' in error.facts) throw error;
      const owners = await this.addresses.listOwners(workspaceId, fields);
      const conflict = owners.find(({ field, owner }) => field === error.path[0] && owner.id !== contactId);
      throw conflict ? contactConflictError(conflict.field, conflict.owner.id) : error;
    }
  }
}
