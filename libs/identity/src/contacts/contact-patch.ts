import { sentence, THE_FIELD, type InputIssue } from '@parley/kernel';
import type { Changed } from '@parley/kernel/events';
import { mergeCustomFields } from '../attributes/custom-fields.js';
import { validateAddressChange, applyAddressChange, emailKey, phoneKey } from './contact-addresses.js';
import { COLUMN_BY_FIELD } from './contact-row.js';
import type { ContactInput, ContactPatch, ContactView } from './contact.view.js';

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
