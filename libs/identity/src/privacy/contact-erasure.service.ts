import { Injectable } from '@nestjs/common';
import { badRequest, Clock, Events, UnitOfWork } from '@parley/kernel';
import { ContactErasureRepository, type AnyContact } from '../contacts/contact-erasure.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { ContactHoldingsRegistry } from '../holdings/contact-holdings.service.js';
import { ContactErased } from '../identity.events.js';
import { ErasureTraces } from './erasure-traces.service.js';

/** Forgets people for good. */
@Injectable()
export class ContactErasure {
  constructor(
    private readonly rows: ContactErasureRepository,
    private readonly contacts: ContactsService,
    private readonly holdings: ContactHoldingsRegistry,
    private readonly traces: ErasureTraces,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Forgets a contact and all who were merged into them, everywhere and at once; the bytes of their files follow in a job. What is left is that there was somebody.
   * @param confirm an e-mail of theirs, or their id; null asks for none.
   * @throws DomainError NOT_FOUND, BAD_REQUEST when `confirm` is something else.
   */
  erase(workspaceId: string, id: string, confirm: string | null): Promise<void> {
    return this.unitOfWork.run(async () => {
      const known = await this.rows.lock(workspaceId, await this.contacts.withMerged(workspaceId, id));
      const contact = known.find((one) => one.id === id);
      if (!contact || contact.mergedInto !== null || contact.erasedAt !== null)
        throw await this.contacts.missing(workspaceId, id);
      if (confirm !== null && !confirms(contact, confirm))
        throw badRequest({ confirm: ['confirm must be the id or an e-mail of the contact'] });
      for (const one of known) {
        for (const [, holder] of this.holdings.all()) await holder.erase(workspaceId, one.id);
      }
      await this.traces.forget(workspaceId, known, this.clock.now().toISOString());
      this.events.append(
        new ContactErased(id, { contact_ids: known.filter((one) => one.id !== id).map((one) => one.id) }, workspaceId),
      );
    });
  }

  /** Forgets who was deleted before a time; one after the other. */
  async eraseDeleted(before: Date): Promise<void> {
    for (const { workspaceId, id } of await this.rows.due(before, 500)) {
      await this.erase(workspaceId, id, null).catch((error: Error & { code?: string }) => {
        // Another process was faster.
        if (error.code !== 'NOT_FOUND') throw error;
      });
    }
  }
}

function confirms({ id, email, otherEmails }: AnyContact, confirm: string): boolean {
  const given = confirm.toLowerCase();
  return [id, email, ...otherEmails].some((one) => one?.toLowerCase() === given);
}
