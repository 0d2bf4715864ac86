import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { ContactErasureRepository } from '../contacts/contact-erasure.repository.js';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactRestored } from '../identity.events.js';
import { ContactRestorer } from '../merges/contact-restorer.service.js';

/** Restores deleted contacts that are not erased yet. */
@Injectable()
export class ContactRestoreService {
  constructor(
    private readonly contactRecords: ContactErasureRepository,
    private readonly contacts: ContactsService,
    private readonly restorer: ContactRestorer,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Restores a deleted contact, without addresses that another contact uses by now. Does nothing for a live contact.
   * @throws DomainError NOT_FOUND
   */
  restore(workspaceId: string, id: string): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const [contact] = await this.contactRecords.lock(workspaceId, [id]);
      if (!contact || contact.mergedInto !== null || contact.erasedAt !== null)
        throw await this.contacts.buildNotFoundError(workspaceId, id);
      if (contact.deletedAt === null) return contact;
      await this.restorer.restore(workspaceId, contact, this.clock.now().toISOString());
      this.events.append(new ContactRestored(id, {}));
      return this.contacts.get(workspaceId, id);
    });
  }
}
