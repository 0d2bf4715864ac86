import { isDeepStrictEqual } from 'node:util';
import { toCsvCell } from '../exports/contact-export-fields.js';
import { emailKey } from '@parley/kernel/email';
import {
  applyAddressChange,
  buildContactPatch,
  diffContact,
  phoneKey,
  type Addresses,
} from '../contacts/contact-patch.js';
import type { AddressInput, ContactInput, ContactView } from '../contacts/contact.view.js';
import type { ImportOptions } from './import.view.js';

/** Current owners by address or identifier. */
export interface ContactOwners {
  readonly emails: ReadonlyMap<string, ContactView>;
  readonly identifiers: ReadonlyMap<string, ContactView>;
}

/** Result of a row. */
export type ImportDecision =
  | { readonly kind: 'create'; readonly fields: ContactInput }
  | { readonly kind: 'update'; readonly id: string; readonly fields: ContactInput }
  | { readonly kind: 'unchanged' | 'skip' }
  | { readonly kind: 'fail'; readonly reasons: readonly string[] };

/**
 * The fields of a row for an existing contact. Tags and the addresses of lists are added to the existing ones. An
 * address that the contact already has stays where it is, so that finding a contact by another e-mail of it does not
 * change its primary e-mail. A custom field stays as it is if its text is that of the cell: CSV has no numbers.
 */
export function mergeIntoExisting(existing: ContactView, fields: ContactInput): ContactInput {
  const { email, emails, phone, phones, tags, customFields, company, ...others } = fields;
  const emailAddresses = { primary: existing.email, others: existing.otherEmails };
  const phoneNumbers = { primary: existing.phone, others: existing.otherPhones };
  return {
    ...others,
    ...(company?.toLowerCase() === existing.company?.toLowerCase() ? {} : { company }),
    ...toListInput('emails', emailAddresses, addAddresses(emailAddresses, email, emails, emailKey)),
    ...toListInput('phones', phoneNumbers, addAddresses(phoneNumbers, phone, phones, phoneKey)),
    ...(tags && { tags: [...new Set([...existing.tags, ...tags])] }),
    ...(customFields && { customFields: omitSameTexts(existing.customFields, customFields) }),
  };
}

/** A new primary address replaces the previous one, as in a request; the addresses of the list are added to the end. */
function addAddresses(
  existing: Addresses,
  primary: string | null | undefined,
  added: readonly AddressInput[] = [],
  getKey: (address: string) => string,
): Addresses {
  const isKnown = (address: string): boolean =>
    listAddresses(existing).some((item) => getKey(item) === getKey(address));
  const before = primary && !isKnown(primary) ? applyAddressChange(existing, { primary }, getKey) : existing;
  const all = [...listAddresses(before), ...added.map(({ value }) => value).filter((value) => !isKnown(value))];
  return applyAddressChange(before, { all: all.map((value) => ({ value })) }, getKey);
}

/** Only if the addresses change, because a list overwrites concurrent changes. */
function toListInput(field: 'emails' | 'phones', before: Addresses, after: Addresses): ContactInput {
  return isDeepStrictEqual(listAddresses(before), listAddresses(after))
    ? {}
    : { [field]: listAddresses(after).map((value) => ({ value })) };
}

function listAddresses({ primary, others }: Addresses): string[] {
  return primary === null ? [] : [primary, ...others];
}

function omitSameTexts(
  existing: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) =>
        typeof value !== 'string' || !Object.hasOwn(existing, key) || toCsvCell(existing[key]) !== value,
    ),
  );
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
    if (findMatches(fields, owners).some(({ owner }) => updatedIds.has(owner.id))) break;
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
  const existing =
    upsertBy === 'none' ? undefined : matches.find(({ field, isPrimary }) => field === upsertBy && isPrimary)?.owner;
  if (upsertBy !== 'none' && !fields[upsertBy])
    return { kind: 'fail', reasons: [`the row has no ${upsertBy}, which identifies existing contacts in this import`] };
  if (existing && onConflict === 'skip') return { kind: 'skip' };
  const conflicts = new Set(matches.filter(({ owner }) => owner.id !== existing?.id).map(({ field }) => field));
  if (conflicts.size > 0)
    return { kind: 'fail', reasons: [...conflicts].map((field) => `another contact already has this ${field}`) };
  if (!existing) return { kind: 'create', fields };
  const input = mergeIntoExisting(existing, fields);
  return Object.keys(diffContact(existing, buildContactPatch(input, existing)).patch).length === 0
    ? { kind: 'unchanged' }
    : { kind: 'update', id: existing.id, fields: input };
}

/** E-mails and the identifier of a row. */
export function uniqueValuesOf({ email, emails = [], identifier }: ContactInput): {
  readonly field: 'email' | 'identifier';
  readonly value: string;
  readonly isPrimary: boolean;
}[] {
  return [
    ...(email ? [{ field: 'email' as const, value: emailKey(email), isPrimary: true }] : []),
    ...emails.map(({ value }) => ({ field: 'email' as const, value: emailKey(value), isPrimary: false })),
    ...(identifier ? [{ field: 'identifier' as const, value: identifier, isPrimary: true }] : []),
  ];
}

/** The owners of the unique values of a row. */
function findMatches(
  fields: ContactInput,
  owners: ContactOwners,
): { field: 'email' | 'identifier'; isPrimary: boolean; owner: ContactView }[] {
  const ownersByField = { email: owners.emails, identifier: owners.identifiers };
  return uniqueValuesOf(fields).flatMap(({ field, value, isPrimary }) => {
    const owner = ownersByField[field].get(value);
    return owner ? [{ field, isPrimary, owner }] : [];
  });
}

/** Unique keys of a row. Rows that share a key must be processed one after the other. */
export function uniqueKeysOf(fields: ContactInput): string[] {
  return uniqueValuesOf(fields).map(({ field, value }) => `${field[0]}:${value}`);
}
