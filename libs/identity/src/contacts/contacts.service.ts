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

/** The people who write in. */
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

  /** @throws DomainError NOT_FOUND, with `merged_into` for who was merged into another. */
  async get(workspaceId: string, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(workspaceId, id);
    if (!contact) throw await this.buildNotFoundError(workspaceId, id);
    return contact;
  }

  /** Why there is no such contact: one who was merged into another says into whom. */
  buildNotFoundError(workspaceId: string, id: string): Promise<DomainError> {
    return this.writer.buildNotFoundError(workspaceId, id);
  }

  /** The contact and all who have become them by merges, by their ids. */
  listMergedIds(workspaceId: string, id: string): Promise<string[]> {
    return this.contacts.listMergedIds(workspaceId, id);
  }

  /** The contact, or null. */
  find(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.contacts.find(workspaceId, id);
  }

  /** @throws DomainError BAD_REQUEST, CONFLICT when the identifier, an e-mail or a telephone number is taken. */
  async create(workspaceId: string, fields: ContactInput): Promise<ContactView> {
    const validated = await this.contactValidator.validate(workspaceId, fields);
    return this.ownerFinder.runNamingConflictOwner(workspaceId, validated, null, async () => {
      const created = await this.writer.create(workspaceId, validated);
      if (!created) throw await this.buildConflictError(workspaceId, validated);
      return created;
    });
  }

  /**
   * The contact that is pointed at, by id, identifier, e-mail or telephone number in that order; made when there is none
   * yet. What is said about a known contact fills fields that were empty, and overwrites nothing; a telephone number
   * that is another's is left out.
   * @param path where the reference stands in the request, such as `contact.`.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE when an id is given and there is no such contact, CONFLICT naming the e-mail when it is another's than the identifier.
   */
  async resolve(workspaceId: string, reference: ContactReference, path = ''): Promise<ContactView> {
    const { id, ...input } = reference;
    if (id !== undefined) {
      const existing =
        (await this.contacts.find(workspaceId, id)) ?? (await this.contacts.findMergeRoot(workspaceId, id));
      if (!existing) throw unprocessableError('There is no contact with this id', { contact_id: id });
      return existing;
    }
    const fields = await this.contactValidator.validate(workspaceId, input, path);
    return this.unitOfWork.run(async () => {
      const existing =
        (await this.ownerFinder.find(workspaceId, fields, { path })) ??
        (await this.createIfAvailable(workspaceId, fields)) ??
        (await this.ownerFinder.find(workspaceId, fields, { path }));
      if (!existing) throw await this.buildConflictError(workspaceId, fields, path);
      const missingFields = await this.omitSharedPhone(workspaceId, selectMissingFields(existing, fields));
      const conflict = missingFields.email
        ? await this.ownerFinder.findEmailConflict(workspaceId, existing.id, missingFields, path)
        : null;
      if (conflict) throw conflict;
      return Object.keys(missingFields).length > 0
        ? this.writer.update(workspaceId, existing.id, () => missingFields, null)
        : existing;
    });
  }

  /** @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT, PRECONDITION_FAILED */
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

  /** Says of a contact what `decide` makes of what is known. @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT */
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

  /** Gives who it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
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
   * Counts a conversation that is about to begin; in the caller's unit of work, which from then on holds the contact.
   * @returns whom it is with: who was merged into another meanwhile is that other.
   * @throws DomainError UNPROCESSABLE when the contact is gone.
   */
  async recordConversationStarted(workspaceId: string, id: string): Promise<string> {
    const now = this.clock.now().toISOString();
    if (await this.contacts.recordConversationStarted(workspaceId, id, now)) return id;
    const root = await this.contacts.findMergeRoot(workspaceId, id);
    if (!root || !(await this.contacts.recordConversationStarted(workspaceId, root.id, now)))
      throw unprocessableError('There is no contact with this id', { contact_id: id });
    return root.id;
  }

  /** The contact has just been heard of; in the caller's unit of work. */
  touchLastSeen(workspaceId: string, id: string): Promise<void> {
    return this.contacts.touchLastSeen(workspaceId, id, this.clock.now().toISOString());
  }

  /** The new contact; null when somebody else has just taken an address of theirs. */
  private async createIfAvailable(workspaceId: string, input: ContactInput): Promise<ContactView | null> {
    const fields = input.identifier ? await this.omitSharedPhone(workspaceId, input) : input;
    if (!fields.phone && !fields.phones && !fields.emails) return this.writer.create(workspaceId, fields);
    return this.unitOfWork
      .runInSavepoint(() => this.writer.create(workspaceId, fields))
      .catch((error: Error) => {
        if (error instanceof DomainError && error.code === 'CONFLICT') return null;
        throw error;
      });
  }

  /** The fields without a telephone number that is another contact's: people share those. */
  private async omitSharedPhone(workspaceId: string, { phone, ...fields }: ContactInput): Promise<ContactInput> {
    const isPhoneFree = phone && !(await this.contacts.findByPhone(workspaceId, phone));
    return { ...fields, ...(isPhoneFree && { phone }) };
  }

  private async buildConflictError(workspaceId: string, { identifier }: ContactInput, path = ''): Promise<DomainError> {
    const byIdentifier = identifier ? await this.contacts.findByIdentifier(workspaceId, identifier) : null;
    return contactConflictError(byIdentifier ? 'identifier' : 'email', { path });
  }
}
