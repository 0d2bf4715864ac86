import { Injectable } from '@nestjs/common';
import { Clock, Events, UnitOfWork } from '@parley/kernel';
import { ContactErasureRepository } from '../contacts/contact-erasure.repository.js';
import type { ContactView } from '../contacts/contact.view.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactRestored } from '../identity.events.js';
import { ContactRevivals } from '../merges/contact-revivals.service.js';

/** Brings deleted contacts back, as long as they are not erased. */
@Injectable()
export class ContactRestoring {
  constructor(
    private readonly rows: ContactErasureRepository,
    private readonly contacts: ContactsService,
    private readonly revivals: ContactRevivals,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Brings a deleted contact back, without addresses that are another's by now. Nothing happens to one who is there. @throws DomainError NOT_FOUND */
  restore(workspaceId: string, id: string): Promise<ContactView> {
    return this.unitOfWork.run(async () => {
      const [contact] = await this.rows.lock(workspaceId, [id]);
      if (!contact || contact.mergedInto !== null || contact.erasedAt !== null)
        throw await this.contacts.missing(workspaceId, id);
      if (contact.deletedAt === null) return contact;
      await this.revivals.revive(workspaceId, contact, this.clock.now().toISOString());
      this.events.append(new ContactRestored(id, {}));
      return this.contacts.get(workspaceId, id);
    });
  }
}
