import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel';
import type { ContactFields, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { mayReadContacts, takenError, takenField, type Takable } from './taken.js';

/** Whose identifiers, e-mails and telephone numbers are. */
@Injectable()
export class ContactOwners {
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
  async lookUp(
    workspaceId: string,
    fields: ContactFields,
    { at = '', selfId = '' }: { readonly at?: string; readonly selfId?: string } = {},
  ): Promise<ContactView | null> {
    for await (const { field, holder } of this.holders(workspaceId, fields)) {
      if (field === 'identifier' || !fields.identifier || holder.identifier === null || holder.id === selfId)
        return holder;
      if (field === 'email') throw takenError(field, { at, ownerId: holder.id });
    }
    return null;
  }

  /** The refusal of an e-mail that is another's than this contact's, if it is. */
  async refusalOf(
    workspaceId: string,
    contactId: string,
    fields: Pick<ContactFields, 'email'>,
    at: string,
  ): Promise<Error | null> {
    const ownerId = await this.ownerOf(workspaceId, 'email', { email: fields.email }, contactId);
    return ownerId === undefined ? null : takenError('email', { at, ownerId });
  }

  /**
   * Runs `work`, which says these fields of a contact, as a unit of work; its refusal of what another has says who that is, to those who may know.
   * @param contactId whom they are said of, when they are there already.
   */
  async naming<T>(
    workspaceId: string,
    fields: ContactFields,
    contactId: string | null,
    work: () => Promise<T>,
  ): Promise<T> {
    if (!mayReadContacts()) return this.unitOfWork.run(work);
    try {
      return await this.unitOfWork.attempt(work);
    } catch (error) {
      const field = takenField(error);
      throw field ? takenError(field, { ownerId: await this.ownerOf(workspaceId, field, fields, contactId) }) : error;
    }
  }

  private async ownerOf(
    workspaceId: string,
    wanted: Takable,
    fields: ContactFields,
    contactId: string | null,
  ): Promise<string | undefined> {
    for await (const { field, holder } of this.holders(workspaceId, fields))
      if (field === wanted && holder.id !== contactId) return holder.id;
    return undefined;
  }

  /** Whoever has any of these, as they are asked for. */
  private async *holders(
    workspaceId: string,
    { identifier, email, emails = [], phone, phones = [] }: ContactFields,
  ): AsyncGenerator<{ readonly field: Takable; readonly holder: ContactView }> {
    const held: [Takable, string | null | undefined, (value: string) => Promise<ContactView | null>][] = [
      ['identifier', identifier, (value) => this.contacts.findByIdentifier(workspaceId, value)],
      ...[email, ...emails.map(({ value }) => value)].map((one): (typeof held)[number] => [
        'email',
        one,
        (value) => this.contacts.findByEmail(workspaceId, value),
      ]),
      ...[phone, ...phones.map(({ value }) => value)].map((one): (typeof held)[number] => [
        'phone',
        one,
        (value) => this.contacts.findByPhone(workspaceId, value),
      ]),
    ];
    for (const [field, value, find] of held) {
      const holder = value ? await find(value) : null;
      if (holder) yield { field, holder };
    }
  }
}
