import { Injectable } from '@nestjs/common';
import { assertVersion, Clock, DomainError, Events, UnitOfWork, unprocessable } from '@parley/kernel';
import { ContactDeleted } from '../identity.events.js';
import { fillsIn } from './contact-changes.js';
import { ContactFieldChecks } from './contact-fields.service.js';
import { ContactOwners } from './contact-owners.service.js';
import { ContactWriting } from './contact-writing.service.js';
import type { ContactFields, ContactReference, ContactView } from './contact.view.js';
import { ContactsRepository } from './contacts.repository.js';
import { takenError } from './taken.js';

/** The people who write in. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly owners: ContactOwners,
    private readonly writing: ContactWriting,
    private readonly checks: ContactFieldChecks,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND, with `merged_into` for who was merged into another. */
  async get(workspaceId: string, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(workspaceId, id);
    if (!contact) throw await this.missing(workspaceId, id);
    return contact;
  }

  /** Why there is no such contact: one who was merged into another says into whom. */
  missing(workspaceId: string, id: string): Promise<DomainError> {
    return this.writing.missing(workspaceId, id);
  }

  /** The contact and all who have become them by merges, by their ids. */
  withMerged(workspaceId: string, id: string): Promise<string[]> {
    return this.contacts.withMerged(workspaceId, id);
  }

  /** The contact, or null. */
  find(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.contacts.find(workspaceId, id);
  }

  /** @throws DomainError BAD_REQUEST, CONFLICT when the identifier, an e-mail or a telephone number is taken. */
  async create(workspaceId: string, fields: ContactFields): Promise<ContactView> {
    const checked = await this.checks.check(workspaceId, fields);
    return this.owners.naming(workspaceId, checked, null, async () => {
      const made = await this.writing.add(workspaceId, checked);
      if (!made) throw await this.taken(workspaceId, checked);
      return made;
    });
  }

  /**
   * The contact that is pointed at, by id, identifier, e-mail or telephone number in that order; made when there is none
   * yet. What is said about a known contact fills fields that were empty, and overwrites nothing; a telephone number
   * that is another's is left out.
   * @param at where the reference stands in the request, such as `contact.`.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE when an id is given and there is no such contact, CONFLICT naming the e-mail when it is another's than the identifier.
   */
  async resolve(workspaceId: string, reference: ContactReference, at = ''): Promise<ContactView> {
    const { id, ...given } = reference;
    if (id !== undefined) {
      const known = (await this.contacts.find(workspaceId, id)) ?? (await this.contacts.rootOf(workspaceId, id));
      if (!known) throw unprocessable('There is no contact with this id', { contact_id: id });
      return known;
    }
    const fields = await this.checks.check(workspaceId, given, at);
    return this.unitOfWork.run(async () => {
      const known =
        (await this.owners.lookUp(workspaceId, fields, { at })) ??
        (await this.addUnlessTaken(workspaceId, fields)) ??
        (await this.owners.lookUp(workspaceId, fields, { at }));
      if (!known) throw await this.taken(workspaceId, fields, at);
      const news = await this.unclaimed(workspaceId, fillsIn(known, fields));
      const refusal = news.email ? await this.owners.refusalOf(workspaceId, known.id, news, at) : null;
      if (refusal) throw refusal;
      return Object.keys(news).length > 0 ? this.writing.write(workspaceId, known.id, () => news, null) : known;
    });
  }

  /** @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT, PRECONDITION_FAILED */
  async update(workspaceId: string, id: string, fields: ContactFields, expected: number | null): Promise<ContactView> {
    const checked = await this.checks.check(workspaceId, fields);
    return this.owners.naming(workspaceId, checked, id, () =>
      this.writing.write(workspaceId, id, () => checked, expected),
    );
  }

  /** Says of a contact what `decide` makes of what is known. @throws DomainError BAD_REQUEST, NOT_FOUND, CONFLICT */
  change(workspaceId: string, id: string, decide: (before: ContactView) => ContactFields): Promise<ContactView> {
    return this.unitOfWork.run(() =>
      this.writing.write(workspaceId, id, (before) => this.checks.check(workspaceId, decide(before)), null),
    );
  }

  /** Gives who it was. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expected: number | null): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const contact = await this.contacts.lock(workspaceId, id);
      if (!contact) throw await this.missing(workspaceId, id);
      assertVersion(expected, contact.version, () => contact);
      await this.contacts.delete(workspaceId, id);
      await this.writing.dropPicture(workspaceId, contact);
      this.events.append(new ContactDeleted(id, {}));
      return contact;
    });
  }

  /**
   * Counts a conversation that is about to begin; in the caller's unit of work, which from then on holds the contact.
   * @returns whom it is with: who was merged into another meanwhile is that other.
   * @throws DomainError UNPROCESSABLE when the contact is gone.
   */
  async noteConversation(workspaceId: string, id: string): Promise<string> {
    const now = this.clock.now().toISOString();
    if (await this.contacts.noteConversation(workspaceId, id, now)) return id;
    const root = await this.contacts.rootOf(workspaceId, id);
    if (!root || !(await this.contacts.noteConversation(workspaceId, root.id, now)))
      throw unprocessable('There is no contact with this id', { contact_id: id });
    return root.id;
  }

  /** The contact has just been heard of; in the caller's unit of work. */
  noteSeen(workspaceId: string, id: string): Promise<void> {
    return this.contacts.noteSeen(workspaceId, id, this.clock.now().toISOString());
  }

  /** The new contact; null when somebody else has just taken an address of theirs. */
  private async addUnlessTaken(workspaceId: string, given: ContactFields): Promise<ContactView | null> {
    const fields = given.identifier ? await this.unclaimed(workspaceId, given) : given;
    if (!fields.phone && !fields.phones && !fields.emails) return this.writing.add(workspaceId, fields);
    return this.unitOfWork
      .attempt(() => this.writing.add(workspaceId, fields))
      .catch((error: Error) => {
        if (error instanceof DomainError && error.code === 'CONFLICT') return null;
        throw error;
      });
  }

  /** The fields without a telephone number that is another contact's: people share those. */
  private async unclaimed(workspaceId: string, { phone, ...fields }: ContactFields): Promise<ContactFields> {
    const free = phone && !(await this.contacts.findByPhone(workspaceId, phone));
    return { ...fields, ...(free && { phone }) };
  }

  private async taken(workspaceId: string, { identifier }: ContactFields, at = ''): Promise<DomainError> {
    const byIdentifier = identifier ? await this.contacts.findByIdentifier(workspaceId, identifier) : null;
    return takenError(byIdentifier ? 'identifier' : 'email', { at });
  }
}
