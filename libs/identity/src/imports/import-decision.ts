import { differences, settle } from '../contacts/contact-changes.js';
import type { ContactFields, ContactView } from '../contacts/contact.view.js';
import type { ImportOptions } from './import.view.js';

/** Who has an address or identifier at present, by what it is. */
export interface Owners {
  readonly emails: ReadonlyMap<string, ContactView>;
  readonly phones: ReadonlyMap<string, ContactView>;
  readonly identifiers: ReadonlyMap<string, ContactView>;
}

/** What becomes of a row. */
export type Decision =
  | { readonly kind: 'create'; readonly fields: ContactFields }
  | { readonly kind: 'update'; readonly id: string; readonly fields: ContactFields }
  | { readonly kind: 'unchanged' | 'skip' }
  | { readonly kind: 'fail'; readonly reasons: readonly string[] };

/** What a row adds to what is known: tags come on top. */
export function additions(known: Pick<ContactView, 'tags'>, fields: ContactFields): ContactFields {
  return { ...fields, ...(fields.tags && { tags: [...new Set([...known.tags, ...fields.tags])] }) };
}

/** Decides on a row by who is known: by the key of the import, and by everything else that only one contact can have. */
export function decide(
  fields: ContactFields,
  owners: Owners,
  { upsertBy, onConflict }: Pick<ImportOptions, 'upsertBy' | 'onConflict'>,
): Decision {
  const { email, phone, identifier } = fields;
  const holders = {
    email: email ? owners.emails.get(email.toLowerCase()) : undefined,
    phone: phone ? owners.phones.get(phone) : undefined,
    identifier: identifier ? owners.identifiers.get(identifier) : undefined,
  };
  const known = upsertBy === 'none' ? undefined : holders[upsertBy];
  if (upsertBy !== 'none' && !fields[upsertBy])
    return { kind: 'fail', reasons: [`the row says no ${upsertBy}, by which contacts are to be known`] };
  if (known && onConflict === 'skip') return { kind: 'skip' };
  const taken = (['email', 'phone', 'identifier'] as const).filter(
    (field) => holders[field] && holders[field].id !== known?.id,
  );
  if (taken.length > 0)
    return { kind: 'fail', reasons: taken.map((field) => `another contact has this ${field} already`) };
  if (!known) return { kind: 'create', fields };
  const wanted = additions(known, fields);
  return Object.keys(differences(known, settle(wanted, known)).patch).length === 0
    ? { kind: 'unchanged' }
    : { kind: 'update', id: known.id, fields: wanted };
}

/** What only one contact can have, of a row: two rows that share any of it have to be taken one after the other. */
export function keysOf({ email, phone, identifier }: ContactFields): string[] {
  return [
    ...(email ? [`e:${email.toLowerCase()}`] : []),
    ...(phone ? [`p:${phone}`] : []),
    ...(identifier ? [`i:${identifier}`] : []),
  ];
}
