import { diffContact, buildContactPatch } from '../contacts/contact-patch.js';
import type { ContactInput, ContactView } from '../contacts/contact.view.js';
import type { ImportOptions } from './import.view.js';

/** Who has an address or identifier at present, by what it is. */
export interface ContactOwners {
  readonly emails: ReadonlyMap<string, ContactView>;
  readonly phones: ReadonlyMap<string, ContactView>;
  readonly identifiers: ReadonlyMap<string, ContactView>;
}

/** What becomes of a row. */
export type ImportDecision =
  | { readonly kind: 'create'; readonly fields: ContactInput }
  | { readonly kind: 'update'; readonly id: string; readonly fields: ContactInput }
  | { readonly kind: 'unchanged' | 'skip' }
  | { readonly kind: 'fail'; readonly reasons: readonly string[] };

/** What a row adds to what is known: tags come on top. */
export function mergeTags(existing: Pick<ContactView, 'tags'>, fields: ContactInput): ContactInput {
  return { ...fields, ...(fields.tags && { tags: [...new Set([...existing.tags, ...fields.tags])] }) };
}

/** Decides on a row by who is known: by the key of the import, and by everything else that only one contact can have. */
export function decideImportRow(
  fields: ContactInput,
  owners: ContactOwners,
  { upsertBy, onConflict }: Pick<ImportOptions, 'upsertBy' | 'onConflict'>,
): ImportDecision {
  const { email, phone, identifier } = fields;
  const matches = {
    email: email ? owners.emails.get(email.toLowerCase()) : undefined,
    phone: phone ? owners.phones.get(phone) : undefined,
    identifier: identifier ? owners.identifiers.get(identifier) : undefined,
  };
  const existing = upsertBy === 'none' ? undefined : matches[upsertBy];
  if (upsertBy !== 'none' && !fields[upsertBy])
    return { kind: 'fail', reasons: [`the row says no ${upsertBy}, by which contacts are to be known`] };
  if (existing && onConflict === 'skip') return { kind: 'skip' };
  const conflicts = (['email', 'phone', 'identifier'] as const).filter(
    (field) => matches[field] && matches[field].id !== existing?.id,
  );
  if (conflicts.length > 0)
    return { kind: 'fail', reasons: conflicts.map((field) => `another contact has this ${field} already`) };
  if (!existing) return { kind: 'create', fields };
  const input = mergeTags(existing, fields);
  return Object.keys(diffContact(existing, buildContactPatch(input, existing)).patch).length === 0
    ? { kind: 'unchanged' }
    : { kind: 'update', id: existing.id, fields: input };
}

/** What only one contact can have, of a row: two rows that share any of it have to be taken one after the other. */
export function uniqueKeysOf({ email, phone, identifier }: ContactInput): string[] {
  return [
    ...(email ? [`e:${email.toLowerCase()}`] : []),
    ...(phone ? [`p:${phone}`] : []),
    ...(identifier ? [`i:${identifier}`] : []),
  ];
}
