import type { ContactView } from '../contacts/contact.view.js';

/** Shorter terms would match unrelated data. */
const MIN_TERM_LENGTH = 4;

/** Strings that identify a contact in stored data. */
export interface PiiSearchTerms {
  /** E-mails, phone numbers and identifiers. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** Search terms for stored data about several contacts. */
export function piiSearchTerms(
  contacts: readonly Pick<ContactView, 'identifier' | 'email' | 'otherEmails' | 'phone' | 'otherPhones' | 'name'>[],
): PiiSearchTerms {
  const selectTerms = (texts: readonly (string | null)[]): string[] => [
    ...new Set(texts.filter((text) => text !== null && text.trim().length >= MIN_TERM_LENGTH) as string[]),
  ];
  return {
    addresses: selectTerms(
      contacts.flatMap(({ identifier, email, otherEmails, phone, otherPhones }) => [
        identifier,
        email,
        ...otherEmails,
        phone,
        ...otherPhones,
      ]),
    ),
    names: selectTerms(contacts.map(({ name }) => name)),
  };
}
