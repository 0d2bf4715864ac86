import type { Changed } from '@parley/kernel';
import { mergedFields } from '../attributes/own-fields.js';
import { addressFault, changeAddresses, emailKey, phoneKey } from './contact-addresses.js';
import { COLUMN_OF } from './contact-row.js';
import type { ContactFields, ContactPatch, ContactView } from './contact.view.js';

type Held = Pick<
  ContactView,
  'id' | 'email' | 'otherEmails' | 'phone' | 'otherPhones' | 'avatar' | 'company' | 'companyId' | 'customFields'
>;

const NOTHING_HELD: Held = {
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

/** What is wrong with fields among themselves, by field. */
export function fieldFaults({ email, emails, phone, phones }: ContactFields): Record<string, string[]> {
  const [ofEmails, ofPhones] = [
    addressFault({ primary: email, all: emails }, emailKey),
    addressFault({ primary: phone, all: phones }, phoneKey),
  ];
  return { ...(ofEmails && { emails: [`emails: ${ofEmails}`] }), ...(ofPhones && { phones: [`phones: ${ofPhones}`] }) };
}

/** There is one picture: one that is uploaded takes the place of a URL, and the other way round. The link to the one uploaded says nothing new. */
function picture({ avatar, avatarUrl }: ContactFields, held: Held): ContactPatch {
  if (avatar) return { avatar, avatarUrl: null };
  const own = held.avatar !== null && avatarUrl?.includes(`/v1/contacts/${held.id}/avatar?`);
  return avatarUrl === undefined || own ? {} : { avatarUrl, avatar: null };
}

/** Another name than that of the company they belong to takes them out of it. */
function employer({ company, companyId }: ContactFields, held: Held): ContactPatch {
  if (companyId !== undefined) return { companyId, ...(company !== undefined && { company }) };
  return company === undefined ? {} : { company, ...(company !== held.company && { companyId: null }) };
}

/** What is written of the contact when these fields are said of it. */
export function settle(
  { email, emails, phone, phones, avatar, avatarUrl, company, companyId, customFields, ...fields }: ContactFields,
  held: Held = NOTHING_HELD,
): ContactPatch {
  const ofEmails = changeAddresses(
    { primary: held.email, others: held.otherEmails },
    { primary: email, all: emails },
    emailKey,
  );
  const ofPhones = changeAddresses(
    { primary: held.phone, others: held.otherPhones },
    { primary: phone, all: phones },
    phoneKey,
  );
  const addresses = {
    email: ofEmails.primary,
    otherEmails: ofEmails.others,
    phone: ofPhones.primary,
    otherPhones: ofPhones.others,
  };
  const own = customFields && { customFields: mergedFields(held.customFields, customFields) };
  return {
    ...fields,
    ...own,
    ...picture({ avatar, avatarUrl }, held),
    ...employer({ company, companyId }, held),
    ...addresses,
  };
}

/** What of the patch is really different, and how an event tells of it. */
export function differences(before: ContactView, patch: ContactPatch): { changed: Changed; patch: ContactPatch } {
  const changed: Changed = {};
  const different: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch) as [keyof ContactPatch, unknown][]) {
    if (value === undefined || JSON.stringify(before[field]) === JSON.stringify(value)) continue;
    changed[COLUMN_OF[field]] =
      field === 'avatar' ? [before.avatar?.sha256 ?? null, patch.avatar?.sha256 ?? null] : [before[field], value];
    different[field] = value;
  }
  return { changed, patch: different };
}

/** Fields of a reference that say something about a known contact where nothing was known. */
export function fillsIn(known: ContactView, fields: ContactFields): ContactFields {
  const news = Object.entries(fields).filter(
    ([field, value]) => value != null && known[field as keyof ContactView] === null,
  );
  return Object.fromEntries(news);
}
