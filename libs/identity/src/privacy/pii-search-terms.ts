import type { ContactView } from '../contacts/contact.view.js';

/** Shorter texts are found in what has nothing to do with the person. */
const MIN_TERM_LENGTH = 4;

/** Texts that give away whom something tells of. */
export interface PiiSearchTerms {
  /** E-mails, telephone numbers and identifiers. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** By which texts contacts are found in what is kept about many. */
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
