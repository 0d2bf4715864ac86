import { diffContact, buildContactPatch } from '../contacts/contact-patch.js';
import type { ContactInput, ContactView } from '../contacts/contact.view.js';
import { uniqueKeysOf, type ImportDecision, type ContactOwners } from './import-decision.js';
import type { ContactDraft } from './import-drafts.repository.js';

/** Company of a new contact, found by its e-mail domain. */
export type CompanyRef = Pick<ContactView, 'company' | 'companyId'>;

const EMPTY_CONTACT: Omit<ContactView, 'id' | 'createdAt' | 'updatedAt'> = {
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

function contactKeys({ identifier, email, otherEmails }: ContactView): string[] {
  const emails = email === null ? [] : [email, ...otherEmails];
  return [
    ...new Set([...emails.flatMap((address) => uniqueKeysOf({ email: address })), ...uniqueKeysOf({ identifier })]),
  ];
}

function toDraft(contact: ContactView): ContactDraft {
  return { contact, keys: contactKeys(contact) };
}

/** The contact that a row would create. */
export function draftCreatedContact(
  id: string,
  fields: ContactInput,
  companyRef: CompanyRef | undefined,
  now: string,
): ContactDraft {
  const values = Object.fromEntries(
    Object.entries(buildContactPatch(fields)).filter(([, value]) => value !== undefined),
  );
  return toDraft({ ...EMPTY_CONTACT, ...values, ...companyRef, id, createdAt: now, updatedAt: now });
}

/** The contact after the update by a row. */
export function draftUpdatedContact(
  existing: ContactView,
  { fields }: Extract<ImportDecision, { kind: 'update' }>,
): ContactDraft {
  return toDraft({ ...existing, ...diffContact(existing, buildContactPatch(fields, existing)).patch });
}

/** Owners after the earlier rows of a dry run. A draft replaces the stored contact. */
export function applyDraftsToOwners(owners: ContactOwners, drafts: readonly ContactDraft[]): ContactOwners {
  const draftedIds = new Set(drafts.map(({ contact }) => contact.id));
  const mergeKind = (current: ReadonlyMap<string, ContactView>, kind: string): Map<string, ContactView> => {
    const others = [...current].filter(([, { id }]) => !draftedIds.has(id));
    const draftEntries = drafts.flatMap(({ contact, keys }) =>
      keys.filter((key) => key.startsWith(`${kind}:`)).map((key): [string, ContactView] => [key.slice(2), contact]),
    );
    return new Map([...others, ...draftEntries]);
  };
  return {
    emails: mergeKind(owners.emails, 'e'),
    identifiers: mergeKind(owners.identifiers, 'i'),
  };
}
