import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import type { ContactInput, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { canReadContacts, contactConflictError, conflictFieldOf, type UniqueField } from './contact-conflict.js';

/** Whose identifiers, e-mails and telephone numbers are. */
@Injectable()
export class ContactOwnerFinder {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Who has the identifier, else an e-mail, else a telephone number of these; null when nobody does. Numbers are in the form E.164. By one's own
   * ids, who has another identifier is somebody else, though they may share a telephone.
   * @param options `at` says where they stand in the request, such as `contact.`; `selfId` of whom they are said.
   * @throws DomainError CONFLICT when an e-mail is of somebody with another identifier than the one given.
   */
  async find(
    workspaceId: string,
    fields: ContactInput,
    { path = '', selfId = '' }: { readonly path?: string; readonly selfId?: string } = {},
  ): Promise<ContactView | null> {
    for await (const { field, owner } of this.listOwners(workspaceId, fields)) {
      if (field === 'identifier' || !fields.identifier || owner.identifier === null || owner.id === selfId)
        return owner;
      if (field === 'email') throw contactConflictError(field, { path, ownerId: owner.id });
    }
    return null;
  }

  /** The refusal of an e-mail that is another's than this contact's, if it is. */
  async findEmailConflict(
    workspaceId: string,
    contactId: string,
    fields: Pick<ContactInput, 'email'>,
    path: string,
  ): Promise<Error | null> {
    const ownerId = await this.findOwnerId(workspaceId, 'email', { email: fields.email }, contactId);
    return ownerId === undefined ? null : contactConflictError('email', { path, ownerId });
  }

  /**
   * Runs `work`, which says these fields of a contact, as a unit of work; its refusal of what another has says who that is, to those who may know.
   * @param contactId whom they are said of, when they are there already.
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
      throw field
        ? contactConflictError(field, { ownerId: await this.findOwnerId(workspaceId, field, fields, contactId) })
        : error;
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

  /** Whoever has any of these, as they are asked for. */
  private async *listOwners(
    workspaceId: string,
    { identifier, email, emails = [], phone, phones = [] }: ContactInput,
  ): AsyncGenerator<{ readonly field: UniqueField; readonly owner: ContactView }> {
    const lookups: [UniqueField, string | null | undefined, (value: string) => Promise<ContactView | null>][] = [
      ['identifier', identifier, (value) => this.contacts.findByIdentifier(workspaceId, value)],
      ...[email, ...emails.map(({ value }) => value)].map((address): (typeof lookups)[number] => [
        'email',
        address,
        (value) => this.contacts.findByEmail(workspaceId, value),
      ]),
      ...[phone, ...phones.map(({ value }) => value)].map((address): (typeof lookups)[number] => [
        'phone',
        address,
        (value) => this.contacts.findByPhone(workspaceId, value),
      ]),
    ];
    for (const [field, value, find] of lookups) {
      const owner = value ? await find(value) : null;
      if (owner) yield { field, owner };
    }
  }
}
