import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { ReferencedObjectsService } from '@parley/teams';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactIdentityAdded, ContactIdentityRemoved } from '../identity.events.js';
import type { ContactIdentityView } from './contact-identity.view.js';
import { ContactIdentitiesRepository } from './contact-identities.repository.js';

/** IDs of contacts in the channels of inboxes. */
@Injectable()
export class ContactIdentitiesService {
  constructor(
    private readonly identities: ContactIdentitiesRepository,
    private readonly contacts: ContactsService,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    contactId: string,
    range: TimeRange,
    request: PageRequest,
  ): Promise<Page<ContactIdentityView>> {
    await this.contacts.get(workspaceId, contactId);
    return this.identities.list(workspaceId, contactId, range, request);
  }

  /** The contact with a source ID in an inbox; null if there is none. */
  async findBySource(workspaceId: string, inboxId: string, sourceId: string): Promise<ContactView | null> {
    const contactId = await this.identities.findContactId(workspaceId, inboxId, sourceId);
    return contactId === null ? null : this.contacts.find(workspaceId, contactId);
  }

  /**
   * @throws DomainError NOT_FOUND; UNPROCESSABLE if the inbox does not exist; CONFLICT if the source ID is already used
   * in the inbox.
   */
  add(workspaceId: string, contactId: string, inboxId: string, sourceId: string): Promise<ContactIdentityView> {
    return this.unitOfWork.run(async () => {
      await this.contacts.get(workspaceId, contactId);
      await this.referencedObjects.resolve(workspaceId, { inboxId });
      const created = await this.identities.add(workspaceId, {
        id: newId(),
        contactId,
        inboxId,
        sourceId,
        createdAt: this.clock.now().toISOString(),
      });
      if (!created) throw new DomainError('CONFLICT', 'This source ID is already used in the inbox', { sourceId });
      this.events.append(
        new ContactIdentityAdded(contactId, { identity_id: created.id, inbox_id: inboxId, source_id: sourceId }),
      );
      return created;
    });
  }

  /** @throws DomainError NOT_FOUND */
  remove(workspaceId: string, contactId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.contacts.get(workspaceId, contactId);
      const deleted = await this.identities.delete(workspaceId, contactId, id);
      if (!deleted) throw notFoundError('Identity');
      this.events.append(
        new ContactIdentityRemoved(contactId, {
          identity_id: id,
          inbox_id: deleted.inboxId,
          source_id: deleted.sourceId,
        }),
      );
    });
  }

  /** Deletes the identities of a deleted inbox. */
  async deleteByInbox(workspaceId: string, inboxId: string): Promise<void> {
    await this.identities.deleteByInbox(workspaceId, inboxId);
  }
}
