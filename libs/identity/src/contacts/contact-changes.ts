import type { Changed } from '@parley/kernel';
import { addressFault, changeAddresses, emailKey, phoneKey } from './contact-addresses.js';
import { COLUMN_OF } from './contact-row.js';
import type { ContactFields, ContactPatch, ContactView } from './contact.view.js';

type Held = Pick<ContactView, 'email' | 'otherEmails' | 'phone' | 'otherPhones'>;

const NOTHING_HELD: Held = { email: null, otherEmails: [], phone: null, otherPhones: [] };

/** What is wrong with fields among themselves, by field. */
export function fieldFaults({ email, emails, phone, phones }: ContactFields): Record<string, string[]> {
  const [ofEmails, ofPhones] = [addressFault({ primary: email, all: emails }, emailKey), addressFault({ primary: phone, all: phones }, phoneKey)];
  return { ...(ofEmails && { emails: [`emails: ${ofEmails}`] }), ...(ofPhones && { phones: [`phones: ${ofPhones}`] }) };
}

/** What is written of the contact when these fields are said of it. */
export function settle({ email, emails, phone, phones, ...fields }: ContactFields, held: Held = NOTHING_HELD): ContactPatch {
  const ofEmails = changeAddresses({ primary: held.email, others: held.otherEmails }, { primary: email, all: emails }, emailKey);
  const ofPhones = changeAddresses({ primary: held.phone, others: held.otherPhones }, { primary: phone, all: phones }, phoneKey);
  return { ...fields, email: ofEmails.primary, otherEmails: ofEmails.others, phone: ofPhones.primary, otherPhones: ofPhones.others };
}

/** What of the patch is really different, and how an event tells of it. */
export function differences(before: ContactView, patch: ContactPatch): { changed: Changed; patch: ContactPatch } {
  const changed: Changed = {};
  const different: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch) as [keyof ContactPatch, unknown][]) {
    if (value === undefined || JSON.stringify(before[field]) === JSON.stringify(value)) continue;
    changed[COLUMN_OF[field]] = [before[field], value];
    different[field] = value;
  }
  return { changed, patch: different };
}

/** Fields of a reference that say something about a known contact where nothing was known. */
export function fillsIn(known: ContactView, fields: ContactFields): ContactFields {
  const news = Object.entries(fields).filter(([field, value]) => value != null && known[field as keyof ContactView] === null);
  return Object.fromEntries(news);
}
