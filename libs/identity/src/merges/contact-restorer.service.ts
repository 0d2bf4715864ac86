import { Injectable } from '@nestjs/common';
import { applyAddressChange, emailKey, phoneKey } from '../contacts/contact-addresses.js';
import type { ContactView } from '../contacts/contact.view.js';
import { MergedContactsRepository, type ContactKeys } from './merged-contacts.repository.js';

/** Restores merged or deleted contacts. */
@Injectable()
export class ContactRestorer {
  constructor(private readonly mergedContacts: MergedContactsRepository) {}

  /** Restores a contact in the caller's unit of work. Addresses that another contact uses by now are omitted. */
  async restore(workspaceId: string, contact: ContactView, now: string): Promise<void> {
    await this.mergedContacts.restore(workspaceId, contact.id, await this.findAvailableKeys(workspaceId, contact), now);
  }

  /** The contact's addresses and identifier, except those that another contact uses by now. */
  private async findAvailableKeys(
    workspaceId: string,
    { identifier, email, otherEmails, phone, otherPhones }: ContactView,
  ): Promise<ContactKeys> {
    const [emails, phones] = [
      email === null ? [] : [email, ...otherEmails],
      phone === null ? [] : [phone, ...otherPhones],
    ];
    const usedKeys = await this.mergedContacts.findUsedKeys(workspaceId, emails, phones, identifier);
    const available = (addresses: readonly string[], getKey: (address: string) => string) =>
      applyAddressChange(
        { primary: null, others: [] },
        { all: addresses.filter((address) => !usedKeys.has(getKey(address))).map((value) => ({ value })) },
        getKey,
      );
    const [emailAddresses, phoneNumbers] = [available(emails, emailKey), available(phones, phoneKey)];
    return {
      identifier: identifier !== null && usedKeys.has(identifier) ? null : identifier,
      email: emailAddresses.primary,
      otherEmails: emailAddresses.others,
      phone: phoneNumbers.primary,
      otherPhones: phoneNumbers.others,
    };
  }
}
