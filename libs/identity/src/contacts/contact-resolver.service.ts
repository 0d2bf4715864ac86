import { Injectable } from '@nestjs/common';
import { Clock, DomainError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactAddressesRepository } from './contact-addresses.repository.js';
import { ContactFieldParser } from './contact-field-parser.service.js';
import { selectMissingFields } from './contact-patch.js';
import { contactConflictError, ContactWriter } from './contact-writer.service.js';
import type { ContactReference, ContactView, ConversationContact } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';

/** Finds or creates the contacts of conversations, and records their activity. */
@Injectable()
export class ContactResolver {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly addresses: ContactAddressesRepository,
    private readonly fieldParser: ContactFieldParser,
    private readonly writer: ContactWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds a contact by ID, identifier, e-mail or phone number, in that order, or creates it. The other fields of the
   * reference fill empty fields of an existing contact and overwrite nothing.
   * @throws DomainError BAD_REQUEST; UNPROCESSABLE if the given ID is unknown; CONFLICT if the e-mail belongs to a
   * contact with another identifier.
   */
  async resolve(workspaceId: string, { id, ...input }: ContactReference): Promise<ContactView> {
    if (id !== undefined) {
      const existing =
        (await this.contacts.find(workspaceId, id)) ?? (await this.contacts.findMergeRoot(workspaceId, id));
      if (!existing) throw unprocessableError('Contact not found', { contactId: id });
      return existing;
    }
    const fields = await this.fieldParser.parse(workspaceId, input);
    return this.unitOfWork.run(async () => {
      const existing =
        (await this.findOwner(workspaceId, fields)) ??
        (await this.writer.create(workspaceId, fields)) ??
        (await this.findOwner(workspaceId, fields));
      if (!existing) throw await this.writer.buildConflictError(workspaceId, fields);
      return this.fillMissingFields(workspaceId, existing, fields);
    });
  }

  /**
   * Returns the owner of the identifier, else of the e-mail, else of the phone number (E.164); null if there is none. A
   * phone number finds a contact only if it is the primary phone number of exactly one contact, and only if this contact
   * has no other identifier or e-mail than the given ones: people share phone numbers. Locks the phone number.
   * @param selfId the contact that the fields belong to.
   * @throws DomainError CONFLICT if an e-mail belongs to a contact with a different identifier than the given one.
   */
  async findOwner(workspaceId: string, fields: ContactReference, selfId = ''): Promise<ContactView | null> {
    const { identifier, email, phone } = fields;
    const [first] = await this.addresses.listOwners(workspaceId, fields);
    if (first) {
      const { field, owner } = first;
      if (field === 'identifier' || !identifier || owner.identifier === null || owner.id === selfId) return owner;
      throw contactConflictError(field, owner.id);
    }
    const owner = phone ? await this.addresses.findByPhoneAndLock(workspaceId, phone) : null;
    const isOther = (identifier && owner?.identifier) || (email && owner?.email);
    return owner && (owner.id === selfId || !isOther) ? owner : null;
  }

  /**
   * Increments the conversation count before a conversation is created. Runs in the caller's unit of work and locks the
   * contact until its end.
   * @returns the contact; for a merged contact, the contact that it was merged into.
   * @throws DomainError UNPROCESSABLE if the contact does not exist.
   */
  async recordConversationStarted(workspaceId: string, id: string): Promise<ConversationContact> {
    const now = this.clock.now().toISOString();
    const contact = await this.contacts.recordConversationStarted(workspaceId, id, now);
    if (contact) return contact;
    const root = await this.contacts.findMergeRoot(workspaceId, id);
    const target = root && (await this.contacts.recordConversationStarted(workspaceId, root.id, now));
    if (!target) throw unprocessableError('Contact not found', { contactId: id });
    return target;
  }

  /** Sets the time of the contact's last message to now; in the caller's unit of work. */
  touchLastSeen(workspaceId: string, id: string): Promise<void> {
    return this.contacts.touchLastSeen(workspaceId, id, this.clock.now().toISOString());
  }

  private async fillMissingFields(
    workspaceId: string,
    existing: ContactView,
    fields: ContactReference,
  ): Promise<ContactView> {
    const missingFields = selectMissingFields(existing, fields);
    if (Object.keys(missingFields).length === 0) return existing;
    if (missingFields.email) {
      const [other] = await this.addresses.listOwners(workspaceId, { email: missingFields.email });
      if (other && other.owner.id !== existing.id) throw contactConflictError('email', other.owner.id);
    }
    return this.writer.update(workspaceId, existing.id, () => missingFields, null);
  }
}

/**
 * The error for messages of a blocked contact. @param contactId null if the contact was created by the rejected request
 * and is rolled back with it.
 */
export function contactBlockedError(contactId: string | null): DomainError {
  return new DomainError('FORBIDDEN', 'This contact is blocked', contactId === null ? {} : { contactId });
}
