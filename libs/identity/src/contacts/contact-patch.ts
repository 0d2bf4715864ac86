import { sentence, THE_FIELD, type InputIssue } from '@parley/kernel';
import { emailKey } from '@parley/kernel/email';
import type { Changed } from '@parley/kernel/events';
import { mergeCustomFields } from '../attributes/custom-fields.js';
import type { AddressInput, ContactInput, ContactPatch, ContactView } from './contact.view.js';

/** Column of each field. */
export const COLUMN_BY_FIELD: Readonly<Record<keyof ContactPatch, string>> = {
  identifier: 'identifier',
  email: 'email',
  otherEmails: 'other_emails',
  name: 'name',
  phone: 'phone',
  otherPhones: 'other_phones',
  company: 'company',
  companyId: 'company_id',
  avatarUrl: 'avatar_url',
  avatar: 'avatar',
  customFields: 'custom_fields',
  tags: 'tags',
  status: 'status',
};

type ExistingContact = Pick<
  ContactView,
  'id' | 'email' | 'otherEmails' | 'phone' | 'otherPhones' | 'avatar' | 'company' | 'companyId' | 'customFields'
>;

const EMPTY_CONTACT: ExistingContact = {
  id: '',
  email: null,
  otherEmails: [],
  phone: null,
  otherPhones: [],
  avatar: null,
  company: null,
  companyId: null,
  customFields: {},
};

/** The addresses of one kind (e-mail or phone) of a contact, without duplicates. */
export interface Addresses {
  readonly primary: string | null;
  readonly others: readonly string[];
}

/** A requested change of addresses. Omitted members stay unchanged. */
export interface AddressChange {
  readonly primary?: string | null;
  /** The complete new list of addresses. */
  readonly all?: readonly AddressInput[];
}

/** Maps all spellings of an address to one key. */
type AddressKeyFunction = (address: string) => string;

/** Phone numbers are already in E.164 format. */
export const phoneKey: AddressKeyFunction = (phone) => phone;

function uniqueAddresses(addresses: readonly string[], getKey: AddressKeyFunction): string[] {
  return [...new Map([...addresses].reverse().map((address) => [getKey(address), address])).values()].reverse();
}

function excludeAddress(addresses: readonly string[], address: string, getKey: AddressKeyFunction): string[] {
  return addresses.filter((item) => getKey(item) !== getKey(address));
}

function toAddresses(addresses: readonly string[]): Addresses {
  const [primary, ...others] = addresses;
  return { primary: primary ?? null, others };
}

/**
 * Computes the addresses of a contact after a change.
 * - A list replaces all addresses; the primary address is moved to the front.
 * - A primary address without a list replaces the previous primary. The previous one is kept among the others if the
 * new primary was one of them.
 * - If the primary address is removed, the next address becomes primary.
 */
export function applyAddressChange(
  before: Addresses,
  { primary, all }: AddressChange,
  getKey: AddressKeyFunction,
): Addresses {
  if (all) {
    const first = primary ?? all.find((address) => address.primary)?.value;
    const values = all.map(({ value }) => value);
    return toAddresses(
      uniqueAddresses(first === undefined ? values : [first, ...excludeAddress(values, first, getKey)], getKey),
    );
  }
  if (primary === undefined) return before;
  if (primary === null) return toAddresses(before.others);
  const others = excludeAddress(before.others, primary, getKey);
  const isPromoted = others.length < before.others.length && before.primary !== null;
  return { primary, others: isPromoted ? [before.primary, ...others] : others };
}

/** Describes what is wrong with a change; null if it is valid. */
export function validateAddressChange({ primary, all = [] }: AddressChange, getKey: AddressKeyFunction): string | null {
  const first = new Set([
    ...all.filter((address) => address.primary).map(({ value }) => getKey(value)),
    ...(primary && all.length > 0 ? [getKey(primary)] : []),
  ]);
  return first.size > 1 ? 'only one address can be primary' : null;
}

/** Validates combinations of fields. Returns their issues. */
export function validateFieldCombinations({ email, emails, phone, phones }: ContactInput): InputIssue[] {
  const [emailAddresses, phoneNumbers] = [
    validateAddressChange({ primary: email, all: emails }, emailKey),
    validateAddressChange({ primary: phone, all: phones }, phoneKey),
  ];
  return [
    ...(emailAddresses ? [{ path: ['emails'], message: sentence`${THE_FIELD}: ${emailAddresses}` }] : []),
    ...(phoneNumbers ? [{ path: ['phones'], message: sentence`${THE_FIELD}: ${phoneNumbers}` }] : []),
  ];
}

/**
 * A contact has one avatar: an upload replaces the URL and vice versa. The link to the contact's own uploaded avatar is
 * not a change.
 */
function avatarPatch({ avatar, avatarUrl }: ContactInput, existing: ExistingContact): ContactPatch {
  if (avatar) return { avatar, avatarUrl: null };
  const own = existing.avatar !== null && avatarUrl?.includes(`/v1/contacts/${existing.id}/avatar?`);
  return avatarUrl === undefined || own ? {} : { avatarUrl, avatar: null };
}

/** A name that differs from the name of the contact's company unlinks the contact from that company. */
function companyPatch({ company, companyId }: ContactInput, existing: ExistingContact): ContactPatch {
  if (companyId !== undefined) return { companyId, ...(company !== undefined && { company }) };
  return company === undefined ? {} : { company, ...(company !== existing.company && { companyId: null }) };
}

/** Columns to write when these fields are set on a contact. */
export function buildContactPatch(
  { email, emails, phone, phones, avatar, avatarUrl, company, companyId, customFields, ...fields }: ContactInput,
  existing: ExistingContact = EMPTY_CONTACT,
): ContactPatch {
  const emailAddresses = applyAddressChange(
    { primary: existing.email, others: existing.otherEmails },
    { primary: email, all: emails },
    emailKey,
  );
  const phoneNumbers = applyAddressChange(
    { primary: existing.phone, others: existing.otherPhones },
    { primary: phone, all: phones },
    phoneKey,
  );
  const addresses = {
    email: emailAddresses.primary,
    otherEmails: emailAddresses.others,
    phone: phoneNumbers.primary,
    otherPhones: phoneNumbers.others,
  };
  const own = customFields && { customFields: mergeCustomFields(existing.customFields, customFields) };
  return {
    ...fields,
    ...own,
    ...avatarPatch({ avatar, avatarUrl }, existing),
    ...companyPatch({ company, companyId }, existing),
    ...addresses,
  };
}

/** The effective part of a patch, and the changes for the event: `[before, after]` by column. */
export function diffContact(before: ContactView, patch: ContactPatch): { changed: Changed; patch: ContactPatch } {
  const changed: Changed = {};
  const effectivePatch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch) as [keyof ContactPatch, unknown][]) {
    if (value === undefined || JSON.stringify(before[field]) === JSON.stringify(value)) continue;
    changed[COLUMN_BY_FIELD[field]] =
      field === 'avatar' ? [before.avatar?.sha256 ?? null, patch.avatar?.sha256 ?? null] : [before[field], value];
    effectivePatch[field] = value;
  }
  return { changed, patch: effectivePatch };
}

/** Fields of a reference that have a value where the existing contact has none. */
export function selectMissingFields(existing: ContactView, fields: ContactInput): ContactInput {
  const missingFields = Object.entries(fields).filter(
    ([field, value]) => value != null && existing[field as keyof ContactView] === null,
  );
  return Object.fromEntries(missingFields);
}
