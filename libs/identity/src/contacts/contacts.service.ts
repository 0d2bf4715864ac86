import { Injectable } from '@nestjs/common';
import { assertVersion, Clock, DomainError, Events, newId, notFound, UnitOfWork, unprocessable, type Changed, type Page, type PageRequest } from '@parley/kernel';
import { ContactCreated, ContactDeleted, ContactUpdated } from '../identity.events.js';
import { COLUMN_OF } from './contact-row.js';
import type { ContactFields, ContactReference, ContactView } from './contact.view.js';
import type { CONTACT_ORDERS, ContactsFilter } from './contacts-filter.js';
import { ContactsRepository } from './contacts.repository.js';

/** The people who write in. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: ContactsFilter, orderBy: (typeof CONTACT_ORDERS)[number], request: PageRequest): Promise<Page<ContactView>> {
    return this.contacts.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<ContactView> {
    const contact = await this.contacts.find(workspaceId, id);
    if (!contact) throw notFound('Contact');
    return contact;
  }

  /** The contact, or null. */
  find(workspaceId: string, id: string): Promise<ContactView | null> {
    return this.contacts.find(workspaceId, id);
  }

  /** @throws DomainError CONFLICT when the e-mail or identifier is taken. */
  create(workspaceId: string, fields: ContactFields): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const made = await this.add(workspaceId, fields);
      if (!made) throw await this.taken(workspaceId, fields);
      return made;
    });
  }

  /**
   * The contact that is pointed at, by id, identifier or e-mail in that order; made when there is none yet. What is
   * said about a known contact fills fields that were empty, and overwrites nothing.
   * @throws DomainError UNPROCESSABLE when an id is given and there is no such contact.
   */
  resolve(workspaceId: string, reference: ContactReference): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const { id, ...fields } = reference;
      if (id !== undefined) {
        const known = await this.contacts.find(workspaceId, id);
        if (!known) throw unprocessable('There is no contact with this id', { contact_id: id });
        return known;
      }
      const known = (await this.findBy(workspaceId, fields)) ?? (await this.add(workspaceId, fields)) ?? (await this.findBy(workspaceId, fields));
      if (!known) throw await this.taken(workspaceId, fields);
      const missing = Object.fromEntries(Object.entries(fields).filter(([field, value]) => value != null && known[field as keyof ContactView] === null));
      return Object.keys(missing).length > 0 ? this.update(workspaceId, known.id, missing, null) : known;
    });
  }

  /** @throws DomainError NOT_FOUND, CONFLICT, PRECONDITION_FAILED */
  update(workspaceId: string, id: string, fields: ContactFields, expected: number | null): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const before = await this.contacts.lock(workspaceId, id);
      if (!before) throw notFound('Contact');
      assertVersion(expected, before.version, () => before);
      const changed: Changed = {};
      const wanted: Record<string, unknown> = {};
      for (const [field, value] of Object.entries(fields) as [keyof ContactFields, unknown][]) {
        if (value === undefined || JSON.stringify(before[field]) === JSON.stringify(value)) continue;
        changed[COLUMN_OF[field]] = [before[field], value];
        wanted[field] = value;
      }
      if (Object.keys(wanted).length === 0) return before;
      const after = await this.contacts.update(workspaceId, id, wanted).catch(async (error: { constraint?: string }) => {
        throw /^contacts_(email|identifier)$/.test(error.constraint ?? '') ? takenError(error.constraint!.slice(9)) : error;
      });
      this.events.append(new ContactUpdated(id, { changed }));
      return after;
    });
  }

  /** @throws DomainError NOT_FOUND */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      if (!(await this.contacts.delete(workspaceId, id))) throw notFound('Contact');
      this.events.append(new ContactDeleted(id, {}));
    });
  }

  /** Counts a conversation that the contact has just begun; in the caller's unit of work. */
  noteConversation(workspaceId: string, id: string): Promise<void> {
    return this.contacts.noteConversation(workspaceId, id, this.clock.now().toISOString());
  }

  /** The contact has just been heard of; in the caller's unit of work. */
  noteSeen(workspaceId: string, id: string): Promise<void> {
    return this.contacts.noteSeen(workspaceId, id, this.clock.now().toISOString());
  }

  private async add(workspaceId: string, fields: ContactFields): Promise<ContactView | null> {
    const id = newId();
    const made = await this.contacts.add(workspaceId, id, fields);
    if (made) this.events.append(new ContactCreated(id, { email: made.email }));
    return made;
  }

  private async findBy(workspaceId: string, { identifier, email }: ContactFields): Promise<ContactView | null> {
    const known = identifier ? await this.contacts.findByIdentifier(workspaceId, identifier) : null;
    return known ?? (email ? this.contacts.findByEmail(workspaceId, email) : null);
  }

  private async taken(workspaceId: string, { identifier }: ContactFields): Promise<DomainError> {
    const byIdentifier = identifier ? await this.contacts.findByIdentifier(workspaceId, identifier) : null;
    return takenError(byIdentifier ? 'identifier' : 'email');
  }
}

function takenError(field: string): DomainError {
  return new DomainError('CONFLICT', `Another contact has this ${field} already`, { field });
}
