import type { ContactView } from '../contacts/contact.view.js';

/** Shorter texts are found in what has nothing to do with the person. */
const SHORTEST = 4;

/** Texts that give away whom something tells of. */
export interface TellingWords {
  /** E-mails, telephone numbers and identifiers. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** By which texts contacts are found in what is kept about many. */
export function tellingWords(
  contacts: readonly Pick<ContactView, 'identifier' | 'email' | 'otherEmails' | 'phone' | 'otherPhones' | 'name'>[],
): TellingWords {
  const long = (texts: readonly (string | null)[]): string[] => [
    ...new Set(texts.filter((text) => text !== null && text.trim().length >= SHORTEST) as string[]),
  ];
  return {
    addresses: long(
      contacts.flatMap(({ identifier, email, otherEmails, phone, otherPhones }) => [
        identifier,
        email,
        ...otherEmails,
        phone,
        ...otherPhones,
      ]),
    ),
    names: long(contacts.map(({ name }) => name)),
  };
}
