import { differences, settle } from '../contacts/contact-changes.js';
import type { ContactFields, ContactView } from '../contacts/contact.view.js';
import { keysOf, type Decision, type Owners } from './import-decision.js';
import type { ContactDraft } from './import-drafts.repository.js';

/** The company that a new contact belongs to by their e-mail. */
export type Employer = Pick<ContactView, 'company' | 'companyId'>;

const NOBODY: Omit<ContactView, 'id' | 'createdAt' | 'updatedAt'> = {
  identifier: null,
  email: null,
  otherEmails: [],
  name: null,
  phone: null,
  otherPhones: [],
  company: null,
  companyId: null,
  avatarUrl: null,
  avatar: null,
  customFields: {},
  tags: [],
  status: 'active',
  blocked: false,
  conversationCount: 0,
  ticketCount: 0,
  lastSeenAt: null,
  version: 1,
};

function allKeysOf({ identifier, email, otherEmails, phone, otherPhones }: ContactView): string[] {
  const emails = email === null ? [] : [email, ...otherEmails];
  const phones = phone === null ? [] : [phone, ...otherPhones];
  return [
    ...new Set([
      ...emails.flatMap((address) => keysOf({ email: address })),
      ...phones.flatMap((number) => keysOf({ phone: number })),
      ...keysOf({ identifier }),
    ]),
  ];
}

function draftOf(contact: ContactView): ContactDraft {
  return { contact, keys: allKeysOf(contact) };
}

/** The contact that a row would make. */
export function drafted(id: string, fields: ContactFields, employer: Employer | undefined, now: string): ContactDraft {
  const said = Object.fromEntries(Object.entries(settle(fields)).filter(([, value]) => value !== undefined));
  return draftOf({ ...NOBODY, ...said, ...employer, id, createdAt: now, updatedAt: now });
}

/** The contact that a row would make of a known one. */
export function redrafted(known: ContactView, { fields }: Extract<Decision, { kind: 'update' }>): ContactDraft {
  return draftOf({ ...known, ...differences(known, settle(fields, known)).patch });
}

/** Who would have what, after the rows before: of a contact that is drafted, the draft alone counts. */
export function ownersAfter(owners: Owners, drafts: readonly ContactDraft[]): Owners {
  const draftedIds = new Set(drafts.map(({ contact }) => contact.id));
  const of = (held: ReadonlyMap<string, ContactView>, kind: string): Map<string, ContactView> => {
    const others = [...held].filter(([, { id }]) => !draftedIds.has(id));
    const own = drafts.flatMap(({ contact, keys }) =>
      keys.filter((key) => key.startsWith(`${kind}:`)).map((key): [string, ContactView] => [key.slice(2), contact]),
    );
    return new Map([...others, ...own]);
  };
  return { emails: of(owners.emails, 'e'), phones: of(owners.phones, 'p'), identifiers: of(owners.identifiers, 'i') };
}
