import { applyAddressChange, emailKey, phoneKey, type Addresses } from '../contacts/contact-addresses.js';
import type { ContactPatch, ContactView } from '../contacts/contact.view.js';

/** What of a contact a merge can change. */
export type MergeState = Pick<
  ContactView,
  | 'identifier'
  | 'email'
  | 'otherEmails'
  | 'name'
  | 'phone'
  | 'otherPhones'
  | 'company'
  | 'companyId'
  | 'avatarUrl'
  | 'avatar'
  | 'customFields'
  | 'tags'
  | 'conversationCount'
  | 'ticketCount'
  | 'lastSeenAt'
>;

/** Of a contact, what merges can change. */
export function toMergeState(contact: MergeState): MergeState {
  const {
    identifier,
    email,
    otherEmails,
    name,
    phone,
    otherPhones,
    company,
    companyId,
    avatarUrl,
    avatar,
    customFields,
    tags,
    conversationCount,
    ticketCount,
    lastSeenAt,
  } = contact;
  return {
    identifier,
    email,
    otherEmails,
    name,
    phone,
    otherPhones,
    company,
    companyId,
    avatarUrl,
    avatar,
    customFields,
    tags,
    conversationCount,
    ticketCount,
    lastSeenAt,
  };
}

/** The same without what is merely counted. */
export function toContactPatch({
  conversationCount: _conversations,
  ticketCount: _tickets,
  lastSeenAt: _seen,
  ...fields
}: MergeState): ContactPatch {
  return fields;
}

/** Most e-mails, telephone numbers and tags that a contact can have. */
const MAX_VALUES = 100;

/** Fields that are empty or not as one: a company's name goes with its id, an uploaded picture with the URL of another. */
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

function pick(state: MergeState, group: readonly (keyof MergeState)[]): Partial<MergeState> {
  return Object.fromEntries(group.map((field) => [field, state[field]]));
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
 * What becomes of a contact into which others are merged, in their order: e-mails, telephone numbers and tags are united, counts
 * summed, and empty fields filled from the first that has something to say. What the contact itself has stays.
 */
export function mergeStates(target: MergeState, sources: readonly MergeState[]): MergeState {
  return sources.reduce(mergeSource, target);
}

/** Why contacts cannot become this one; null when they can. */
export function validateMergedState(state: MergeState): string | null {
  const maxCount = Math.max(emailsOf(state).length, phonesOf(state).length, state.tags.length);
  return maxCount > MAX_VALUES ? `One contact has at most ${MAX_VALUES} e-mails, telephone numbers and tags` : null;
}

/**
 * What becomes of a contact when a merge into it is undone: what the merge brought goes, and what was changed since stays.
 * @param before, after what the merge found and what it made of it.
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
