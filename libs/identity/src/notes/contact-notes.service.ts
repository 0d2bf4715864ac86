import { Injectable } from '@nestjs/common';
import { Clock, currentActor, currentContext, DomainError, newId, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactNoteAdded, ContactNoteChanged, ContactNoteRemoved } from '../identity.events.js';
import type { ContactNotesFilter, ContactNoteView } from './contact-note.view.js';
import { ContactNotesRepository } from './contact-notes.repository.js';

/** Notes of agents about contacts. */
@Injectable()
export class ContactNotesService {
  constructor(
    private readonly notes: ContactNotesRepository,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    contactId: string,
    filter: ContactNotesFilter,
    request: PageRequest,
  ): Promise<Page<ContactNoteView>> {
    await this.contacts.get(workspaceId, contactId);
    return this.notes.list(workspaceId, contactId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  add(workspaceId: string, contactId: string, body: string): Promise<ContactNoteView> {
    return this.unitOfWork.run(async () => {
      await this.contacts.get(workspaceId, contactId);
      const id = newId();
      await this.notes.add(workspaceId, id, contactId, currentActor(), body, this.clock.now().toISOString());
      this.events.append(new ContactNoteAdded(contactId, { note_id: id }));
      return (await this.notes.find(workspaceId, contactId, id))!;
    });
  }

  /** @throws DomainError NOT_FOUND; FORBIDDEN if an agent is not the author. */
  update(workspaceId: string, contactId: string, id: string, body: string): Promise<ContactNoteView> {
    return this.unitOfWork.run(async () => {
      const note = await this.lockEditable(workspaceId, contactId, id);
      if (note.body === body) return note;
      await this.notes.update(workspaceId, id, body, this.clock.now().toISOString());
      this.events.append(new ContactNoteChanged(contactId, { note_id: id, changed: { body: [note.body, body] } }));
      return (await this.notes.find(workspaceId, contactId, id))!;
    });
  }

  /** @throws DomainError NOT_FOUND; FORBIDDEN if an agent is not the author. */
  remove(workspaceId: string, contactId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const note = await this.lockEditable(workspaceId, contactId, id);
      await this.notes.delete(workspaceId, id);
      this.events.append(new ContactNoteRemoved(contactId, { note_id: id, changed: { body: [note.body, ''] } }));
    });
  }

  /** The locked note, if the caller can edit it: the author, owners, admins and credentials without a user. */
  private async lockEditable(workspaceId: string, contactId: string, id: string): Promise<ContactNoteView> {
    await this.contacts.get(workspaceId, contactId);
    const note = await this.notes.lock(workspaceId, contactId, id);
    if (!note) throw notFoundError('Note');
    const principal = currentContext()?.principal;
    const isRestricted = principal?.userId != null && !['owner', 'admin'].includes(principal.role);
    if (isRestricted && note.author.id !== principal.userId)
      throw new DomainError('FORBIDDEN', 'Agents can change only their own notes');
    return note;
  }
}
