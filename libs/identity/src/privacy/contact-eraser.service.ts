import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError } from '@parley/kernel';
import { emailKey } from '@parley/kernel/email';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { ContactErasureRepository, type ErasableContact } from '../contacts/contact-erasure.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactDataRegistry } from '../contact-data/contact-data-registry.service.js';
import { ContactErased } from '../identity.events.js';
import { ContactRecordsEraser } from './contact-records-eraser.service.js';

/** Erases contacts permanently. */
@Injectable()
export class ContactEraser {
  constructor(
    private readonly contactRecords: ContactErasureRepository,
    private readonly contacts: ContactsService,
    private readonly contactData: ContactDataRegistry,
    private readonly recordsEraser: ContactRecordsEraser,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Erases a contact and all contacts merged into it from all domains in one transaction. A job deletes the bytes of
   * their files afterwards. Empty rows remain, so that references stay valid.
   * @param confirm ID or e-mail of the contact; null skips the check.
   * @throws DomainError NOT_FOUND; BAD_REQUEST if `confirm` does not match.
   */
  erase(workspaceId: string, id: string, confirm: string | null): Promise<void> {
    return this.unitOfWork.run(async () => {
      const contacts = await this.contactRecords.lock(workspaceId, await this.contacts.listMergedIds(workspaceId, id));
      const contact = contacts.find((item) => item.id === id);
      if (!contact || contact.mergedInto !== null || contact.erasedAt !== null)
        throw await this.contacts.buildNotFoundError(workspaceId, id);
      if (confirm !== null && !isConfirmedBy(contact, confirm))
        throw invalidInputError('confirm', 'must be the ID or an e-mail of the contact');
      for (const item of contacts) {
        for (const [, owner] of this.contactData.all()) await owner.erase(workspaceId, item.id);
      }
      await this.recordsEraser.erase(workspaceId, contacts, this.clock.now().toISOString());
      this.events.append(
        new ContactErased(
          id,
          { contact_ids: contacts.filter((item) => item.id !== id).map((item) => item.id) },
          workspaceId,
        ),
      );
    });
  }

  /** Erases contacts that were deleted before a time, one by one. */
  async eraseDeleted(before: Date): Promise<void> {
    for (const { workspaceId, id } of await this.contactRecords.listDue(before, 500)) {
      await this.erase(workspaceId, id, null).catch((error: Error & { code?: string }) => {
        // Another process erased the contact concurrently.
        if (error.code !== 'NOT_FOUND') throw error;
      });
    }
  }
}

function isConfirmedBy({ id, email, otherEmails }: ErasableContact, confirm: string): boolean {
  return [id, email, ...otherEmails].some((item) => item !== null && emailKey(item) === emailKey(confirm));
}
