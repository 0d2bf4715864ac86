import { pick } from 'es-toolkit';

import { emailKey } from '@parley/kernel/email';
import { applyAddressChange, phoneKey, type Addresses } from '../contacts/contact-patch.js';
import type { ContactPatch, ContactView } from '../contacts/contact.view.js';

const MERGE_FIELDS = [
  'identifier',
  'email',
  'otherEmails',
  'name',
  'phone',
  'otherPhones',
  'company',
  'companyId',
  'avatarUrl',
  'avatar',
  'customFields',
  'tags',
  'conversationCount',
  'ticketCount',
  'lastSeenAt',
] as const;

/** Fields of a contact that a merge can change. */
export type MergeState = Pick<ContactView, (typeof MERGE_FIELDS)[number]>;

export function toMergeState(contact: MergeState): MergeState {
  return pick(contact, MERGE_FIELDS);
}

/** The fields without counters and times. */
export function toContactPatch({
  conversationCount: _conversations,
  ticketCount: _tickets,
  lastSeenAt: _seen,
  ...fields
}: MergeState): ContactPatch {
  return fields;
}

/** Maximum number of e-mails, of phone numbers, and of tags of a contact. */
const MAX_VALUES = 100;

/**
 * Fields that are filled and restored together: a company's name with its ID, an uploaded avatar with an external URL.
 */
const FIELD_GROUPS: readonly (readonly (keyof MergeState)[])[] = [
  ['identifier'],
  ['name'],
  ['company', 'companyId'],
  ['avatarUrl', 'avatar'],
  ['lastSeenAt'],
];

type CustomFieldValues = Readonly<Record<string, unknown>>;

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function emailsOf({ email, otherEmails }: MergeState): string[] {
  return email === null ? [] : [email, ...otherEmails];
}

function phonesOf({ phone, otherPhones }: MergeState): string[] {
  return phone === null ? [] : [phone, ...otherPhones];
}

function toAddressFields(
  emails: readonly string[],
  phones: readonly string[],
): Pick<MergeState, 'email' | 'otherEmails' | 'phone' | 'otherPhones'> {
  const noAddresses: Addresses = { primary: null, others: [] };
  const emailAddresses = applyAddressChange(noAddresses, { all: emails.map((value) => ({ value })) }, emailKey);
  const phoneNumbers = applyAddressChange(noAddresses, { all: phones.map((value) => ({ value })) }, phoneKey);
  return {
    email: emailAddresses.primary,
    otherEmails: emailAddresses.others,
    phone: phoneNumbers.primary,
    otherPhones: phoneNumbers.others,
  };
}

function fillEmptyFields(target: CustomFieldValues, source: CustomFieldValues): CustomFieldValues {
  const missing = Object.entries(source).filter(([key, value]) => value != null && target[key] == null);
  return missing.length === 0 ? target : { ...target, ...Object.fromEntries(missing) };
}

function latest(a: string | null, b: string | null): string | null {
  return a !== null && (b === null || a >= b) ? a : b;
}

function mergeSource(target: MergeState, source: MergeState): MergeState {
  const filledGroups = FIELD_GROUPS.filter((group) => group.every((field) => target[field] === null)).map((group) =>
    pick(source, group),
  );
  return {
    ...(Object.assign({}, target, ...filledGroups) as MergeState),
    ...toAddressFields([...emailsOf(target), ...emailsOf(source)], [...phonesOf(target), ...phonesOf(source)]),
    customFields: fillEmptyFields(target.customFields, source.customFields),
    tags: [...new Set([...target.tags, ...source.tags])],
    conversationCount: target.conversationCount + source.conversationCount,
    ticketCount: target.ticketCount + source.ticketCount,
    lastSeenAt: latest(target.lastSeenAt, source.lastSeenAt),
  };
}

/**
 * Computes the state of a contact after other contacts are merged into it, in their order. E-mails, phone numbers and
 * tags are united, and counters are summed. Empty fields take the first value of the other contacts; fields with a
 * value stay unchanged.
 */
export function mergeStates(target: MergeState, sources: readonly MergeState[]): MergeState {
  return sources.reduce(mergeSource, target);
}

/** Message if the merged state exceeds a limit; else null. */
export function validateMergedState(state: MergeState): string | null {
  const maxCount = Math.max(emailsOf(state).length, phonesOf(state).length, state.tags.length);
  return maxCount > MAX_VALUES
    ? `A contact can have at most ${MAX_VALUES} e-mails, ${MAX_VALUES} phone numbers and ${MAX_VALUES} tags`
    : null;
}

/**
 * Computes the state of a contact after a merge into it is undone. Removes the values that came with the merge and
 * keeps later changes.
 * @param before state before the merge.
 * @param after state after the merge.
 */
export function undoMergeState(
  now: MergeState,
  before: MergeState,
  after: MergeState,
  sources: readonly MergeState[],
): MergeState {
  const restored = FIELD_GROUPS.filter((group) => group.every((field) => isEqual(now[field], after[field]))).map(
    (group) => pick(before, group),
  );
  const findSourceKeys = (
    targetValues: readonly string[],
    getValues: (state: MergeState) => string[],
    getKey: (address: string) => string,
  ): Set<string> => {
    const targetKeys = new Set(targetValues.map(getKey));
    return new Set(
      sources
        .flatMap(getValues)
        .map(getKey)
        .filter((key) => !targetKeys.has(key)),
    );
  };
  const [emails, phones] = [
    findSourceKeys(emailsOf(before), emailsOf, emailKey),
    findSourceKeys(phonesOf(before), phonesOf, phoneKey),
  ];
  const sum = (counter: 'conversationCount' | 'ticketCount'): number =>
    sources.reduce((total, source) => total + source[counter], 0);
  return {
    ...(Object.assign({}, now, ...restored) as MergeState),
    ...toAddressFields(
      emailsOf(now).filter((email) => !emails.has(emailKey(email))),
      phonesOf(now).filter((phone) => !phones.has(phoneKey(phone))),
    ),
    customFields: restoreCustomFields(now.customFields, before.customFields, after.customFields),
    tags: now.tags.filter((tag) => before.tags.includes(tag) || !after.tags.includes(tag)),
    conversationCount: Math.max(0, now.conversationCount - sum('conversationCount')),
    ticketCount: Math.max(0, now.ticketCount - sum('ticketCount')),
  };
}

function restoreCustomFields(
  now: CustomFieldValues,
  before: CustomFieldValues,
  after: CustomFieldValues,
): CustomFieldValues {
  const remaining: Record<string, unknown> = { ...now };
  for (const key of Object.keys(after)) {
    if (isEqual(before[key], after[key]) || !isEqual(now[key], after[key])) continue;
    if (key in before) remaining[key] = before[key];
    else delete remaining[key];
  }
  return remaining;
}
