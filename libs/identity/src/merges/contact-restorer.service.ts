import { Injectable } from '@nestjs/common';
import { emailKey } from '@parley/kernel/email';
import { applyAddressChange } from '../contacts/contact-patch.js';
import type { ContactView } from '../contacts/contact.view.js';
import { MergedContactsRepository, type ContactKeys } from './merged-contacts.repository.js';

/** Restores merged or deleted contacts. */
@Injectable()
export class ContactRestorer {
  constructor(private readonly mergedContacts: MergedContactsRepository) {}

  /**
   * Restores a contact in the caller's unit of work. E-mails and an identifier that another contact uses by now are
   * omitted.
   */
  async restore(workspaceId: string, contact: ContactView, now: string): Promise<void> {
    await this.mergedContacts.restore(workspaceId, contact.id, await this.findAvailableKeys(workspaceId, contact), now);
  }

  private async findAvailableKeys(
    workspaceId: string,
    { identifier, email, otherEmails, phone, otherPhones }: ContactView,
  ): Promise<ContactKeys> {
    const emails = email === null ? [] : [email, ...otherEmails];
    const usedKeys = await this.mergedContacts.findUsedKeys(workspaceId, emails, identifier);
    const available = emails.filter((address) => !usedKeys.has(emailKey(address))).map((value) => ({ value }));
    const { primary, others } = applyAddressChange({ primary: null, others: [] }, { all: available }, emailKey);
    return {
      identifier: identifier !== null && usedKeys.has(identifier) ? null : identifier,
      email: primary,
      otherEmails: others,
      phone,
      otherPhones,
    };
  }
}
