import { Injectable } from '@nestjs/common';
import { unprocessableError } from '@parley/kernel';
import { ContactsRepository } from '../contacts/contacts.repository.js';
import { ContactTicketCountsRepository } from './contact-ticket-counts.repository.js';

/** Counts the tickets of contacts. */
@Injectable()
export class ContactTicketCountsService {
  constructor(
    private readonly counts: ContactTicketCountsRepository,
    private readonly contacts: ContactsRepository,
  ) {}

  /**
   * Counts a ticket before it is added to the contact. Runs in the caller's unit of work and locks the contact until
   * its end.
   * @returns ID of the contact; for a merged contact, ID of the contact that it was merged into.
   * @throws DomainError UNPROCESSABLE if the contact does not exist.
   */
  async recordTicketAdded(workspaceId: string, contactId: string): Promise<string> {
    if (await this.counts.adjust(workspaceId, contactId, 1)) return contactId;
    const root = await this.contacts.findMergeRoot(workspaceId, contactId);
    if (!root || !(await this.counts.adjust(workspaceId, root.id, 1)))
      throw unprocessableError('Contact not found', { contactId });
    return root.id;
  }

  /** Subtracts a ticket that moves to another contact. Runs in the caller's unit of work. */
  async recordTicketRemoved(workspaceId: string, contactId: string): Promise<void> {
    await this.counts.adjust(workspaceId, contactId, -1);
  }
}
