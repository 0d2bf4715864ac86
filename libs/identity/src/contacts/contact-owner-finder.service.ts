import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactAddressesRepository } from './contact-addresses.repository.js';
import type { ContactInput, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { canReadContacts, contactConflictError, conflictFieldOf, type UniqueField } from './contact-conflict.js';

/** Finds the contacts that own identifiers, e-mail addresses and phone numbers. */
@Injectable()
export class ContactOwnerFinder {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly addresses: ContactAddressesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The owner of the identifier, else of one of the e-mails, else of a phone number (E.164); null if there is none. A
   * phone number finds a contact only if it is the primary phone number of exactly one contact, and only if this contact
   * has no other identifier or e-mail than the given ones: people share phone numbers. Locks the phone numbers.
   * @param selfId the contact that the fields belong to.
   * @throws DomainError CONFLICT if an e-mail belongs to a contact with a different identifier than the given one.
   */
  async find(workspaceId: string, fields: ContactInput, selfId = ''): Promise<ContactView | null> {
    for await (const { field, owner } of this.listOwners(workspaceId, fields)) {
      if (field === 'identifier' || !fields.identifier || owner.identifier === null || owner.id === selfId)
        return owner;
      throw contactConflictError(field, owner.id);
    }
    return this.findByPhone(workspaceId, fields, selfId);
  }

  private async findByPhone(workspaceId: string, fields: ContactInput, selfId: string): Promise<ContactView | null> {
    const { identifier, email, emails = [], phone, phones = [] } = fields;
    const numbers = [...(phone ? [phone] : []), ...phones.map(({ value }) => value)];
    if (numbers.length === 0) return null;
    await this.addresses.lockPhones(workspaceId, numbers);
    const hasEmail = Boolean(email) || emails.length > 0;
    for (const number of numbers) {
      const owner = await this.contacts.findByPhone(workspaceId, number);
      const isOther = (identifier && owner?.identifier) || (hasEmail && owner?.email);
      if (owner && (owner.id === selfId || !isOther)) return owner;
    }
    return null;
  }

  /** The conflict error if the e-mail belongs to a contact other than this one; else null. */
  async findEmailConflict(
    workspaceId: string,
    contactId: string,
    fields: Pick<ContactInput, 'email'>,
  ): Promise<Error | null> {
    const ownerId = await this.findOwnerId(workspaceId, 'email', { email: fields.email }, contactId);
    return ownerId === undefined ? null : contactConflictError('email', ownerId);
  }

  /**
   * Runs `work`, which writes these fields of a contact, as a unit of work. Adds the other contact's ID to a conflict
   * error if the caller can read contacts.
   * @param contactId the contact being written; null if it is being created.
   */
  async runNamingConflictOwner<T>(
    workspaceId: string,
    fields: ContactInput,
    contactId: string | null,
    work: () => Promise<T>,
  ): Promise<T> {
    if (!canReadContacts()) return this.unitOfWork.run(work);
    try {
      return await this.unitOfWork.runInSavepoint(work);
    } catch (error) {
      const field = conflictFieldOf(error);
      throw field ? contactConflictError(field, await this.findOwnerId(workspaceId, field, fields, contactId)) : error;
    }
  }

  private async findOwnerId(
    workspaceId: string,
    conflictField: UniqueField,
    fields: ContactInput,
    contactId: string | null,
  ): Promise<string | undefined> {
    for await (const { field, owner } of this.listOwners(workspaceId, fields))
      if (field === conflictField && owner.id !== contactId) return owner.id;
    return undefined;
  }

  /** All owners of the given unique fields: by identifier, then by e-mails. */
  private async *listOwners(
    workspaceId: string,
    { identifier, email, emails = [] }: ContactInput,
  ): AsyncGenerator<{ readonly field: UniqueField; readonly owner: ContactView }> {
    const lookups: [UniqueField, string | null | undefined, (value: string) => Promise<ContactView | null>][] = [
      ['identifier', identifier, (value) => this.contacts.findByIdentifier(workspaceId, value)],
      ...[email, ...emails.map(({ value }) => value)].map((address): (typeof lookups)[number] => [
        'email',
        address,
        (value) => this.contacts.findByEmail(workspaceId, value),
      ]),
    ];
    for (const [field, value, find] of lookups) {
      const owner = value ? await find(value) : null;
      if (owner) yield { field, owner };
    }
  }
}
