import { Injectable } from '@nestjs/common';
import { changeAddresses, emailKey, phoneKey } from '../contacts/contact-addresses.js';
import type { ContactView } from '../contacts/contact.view.js';
import { MergedContactsRepository, type Reachable } from './merged-contacts.repository.js';

/** Brings contacts back who were merged into others or deleted. */
@Injectable()
export class ContactRevivals {
  constructor(private readonly rows: MergedContactsRepository) {}

  /** Brings a contact back; in the caller's unit of work. Addresses that are another's by now are not theirs any more. */
  async revive(workspaceId: string, contact: ContactView, now: string): Promise<void> {
    await this.rows.revive(workspaceId, contact.id, await this.reachable(workspaceId, contact), now);
  }

  /** What leads to the contact again: all that did, except what is another's by now. */
  private async reachable(
    workspaceId: string,
    { identifier, email, otherEmails, phone, otherPhones }: ContactView,
  ): Promise<Reachable> {
    const [emails, phones] = [
      email === null ? [] : [email, ...otherEmails],
      phone === null ? [] : [phone, ...otherPhones],
    ];
    const claimed = await this.rows.claimed(workspaceId, emails, phones, identifier);
    const free = (addresses: readonly string[], keyOf: (address: string) => string) =>
      changeAddresses(
        { primary: null, others: [] },
        { all: addresses.filter((address) => !claimed.has(keyOf(address))).map((value) => ({ value })) },
        keyOf,
      );
    const [ofEmails, ofPhones] = [free(emails, emailKey), free(phones, phoneKey)];
    return {
      identifier: identifier !== null && claimed.has(identifier) ? null : identifier,
      email: ofEmails.primary,
      otherEmails: ofEmails.others,
      phone: ofPhones.primary,
      otherPhones: ofPhones.others,
    };
  }
}
