import { diffContact, buildContactPatch } from '../contacts/contact-patch.js';
import type { ContactInput, ContactView } from '../contacts/contact.view.js';
import type { ImportOptions } from './import.view.js';

/** Current owners by address or identifier. */
export interface ContactOwners {
  readonly emails: ReadonlyMap<string, ContactView>;
  readonly phones: ReadonlyMap<string, ContactView>;
  readonly identifiers: ReadonlyMap<string, ContactView>;
}

/** Result of a row. */
export type ImportDecision =
  | { readonly kind: 'create'; readonly fields: ContactInput }
  | { readonly kind: 'update'; readonly id: string; readonly fields: ContactInput }
  | { readonly kind: 'unchanged' | 'skip' }
  | { readonly kind: 'fail'; readonly reasons: readonly string[] };

/** Adds the tags of a row to the contact's existing tags. */
export function mergeTags(existing: Pick<ContactView, 'tags'>, fields: ContactInput): ContactInput {
  return { ...fields, ...(fields.tags && { tags: [...new Set([...existing.tags, ...fields.tags])] }) };
}

/**
 * Decides on rows that share no unique key, in their order. Stops before a row about a contact that an earlier one
 * updates: the update can give up an address, and the later row depends on its result. At least one row is decided.
 */
export function decideImportRows(
  rows: readonly ContactInput[],
  owners: ContactOwners,
  options: Pick<ImportOptions, 'upsertBy' | 'onConflict'>,
): ImportDecision[] {
  const updatedIds = new Set<string>();
  const decisions: ImportDecision[] = [];
  for (const fields of rows) {
    if (Object.values(findMatches(fields, owners)).some((contact) => contact && updatedIds.has(contact.id))) break;
    const decision = decideImportRow(fields, owners, options);
    if (decision.kind === 'update') updatedIds.add(decision.id);
    decisions.push(decision);
  }
  return decisions;
}

/** Decides on a row: finds the existing contact by the import's key, and checks all unique fields for conflicts. */
function decideImportRow(
  fields: ContactInput,
  owners: ContactOwners,
  { upsertBy, onConflict }: Pick<ImportOptions, 'upsertBy' | 'onConflict'>,
): ImportDecision {
  const matches = findMatches(fields, owners);
  const existing = upsertBy === 'none' ? undefined : matches[upsertBy];
  if (upsertBy !== 'none' && !fields[upsertBy])
    return { kind: 'fail', reasons: [`the row has no ${upsertBy}, which identifies existing contacts in this import`] };
  if (existing && onConflict === 'skip') return { kind: 'skip' };
  const conflicts = (['email', 'phone', 'identifier'] as const).filter(
    (field) => matches[field] && matches[field].id !== existing?.id,
  );
  if (conflicts.length > 0)
    return { kind: 'fail', reasons: conflicts.map((field) => `another contact already has this ${field}`) };
  if (!existing) return { kind: 'create', fields };
  const input = mergeTags(existing, fields);
  return Object.keys(diffContact(existing, buildContactPatch(input, existing)).patch).length === 0
    ? { kind: 'unchanged' }
    : { kind: 'update', id: existing.id, fields: input };
}

/** The owners of the unique fields of a row. */
function findMatches(
  { email, phone, identifier }: ContactInput,
  owners: ContactOwners,
): Record<'email' | 'phone' | 'identifier', ContactView | undefined> {
  return {
    email: email ? owners.emails.get(email.toLowerCase()) : undefined,
    phone: phone ? owners.phones.get(phone) : undefined,
    identifier: identifier ? owners.identifiers.get(identifier) : undefined,
  };
}

/** Unique keys of a row. Rows that share a key must be processed one after the other. */
export function uniqueKeysOf({ email, phone, identifier }: ContactInput): string[] {
  return [
    ...(email ? [`e:${email.toLowerCase()}`] : []),
    ...(phone ? [`p:${phone}`] : []),
    ...(identifier ? [`i:${identifier}`] : []),
  ];
}
