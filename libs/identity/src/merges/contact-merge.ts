import { changeAddresses, emailKey, phoneKey, type Addresses } from '../contacts/contact-addresses.js';
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
export function stateOf(contact: MergeState): MergeState {
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
export function fieldsOf({
  conversationCount: _conversations,
  ticketCount: _tickets,
  lastSeenAt: _seen,
  ...fields
}: MergeState): ContactPatch {
  return fields;
}

/** Most e-mails, telephone numbers and tags that a contact can have. */
const MOST = 100;

/** Fields that are empty or not as one: a company's name goes with its id, an uploaded picture with the URL of another. */
const UNITS: readonly (readonly (keyof MergeState)[])[] = [
  ['identifier'],
  ['name'],
  ['company', 'companyId'],
  ['avatarUrl', 'avatar'],
  ['lastSeenAt'],
];

type Fields = Readonly<Record<string, unknown>>;

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function pick(state: MergeState, unit: readonly (keyof MergeState)[]): Partial<MergeState> {
  return Object.fromEntries(unit.map((field) => [field, state[field]]));
}

function emailsOf({ email, otherEmails }: MergeState): string[] {
  return email === null ? [] : [email, ...otherEmails];
}

function phonesOf({ phone, otherPhones }: MergeState): string[] {
  return phone === null ? [] : [phone, ...otherPhones];
}

function addressesOf(
  emails: readonly string[],
  phones: readonly string[],
): Pick<MergeState, 'email' | 'otherEmails' | 'phone' | 'otherPhones'> {
  const nothing: Addresses = { primary: null, others: [] };
  const ofEmails = changeAddresses(nothing, { all: emails.map((value) => ({ value })) }, emailKey);
  const ofPhones = changeAddresses(nothing, { all: phones.map((value) => ({ value })) }, phoneKey);
  return {
    email: ofEmails.primary,
    otherEmails: ofEmails.others,
    phone: ofPhones.primary,
    otherPhones: ofPhones.others,
  };
}

function filled(target: Fields, source: Fields): Fields {
  const missing = Object.entries(source).filter(([key, value]) => value != null && target[key] == null);
  return missing.length === 0 ? target : { ...target, ...Object.fromEntries(missing) };
}

function later(a: string | null, b: string | null): string | null {
  return a !== null && (b === null || a >= b) ? a : b;
}

function withOne(target: MergeState, source: MergeState): MergeState {
  const gaps = UNITS.filter((unit) => unit.every((field) => target[field] === null)).map((unit) => pick(source, unit));
  return {
    ...(Object.assign({}, target, ...gaps) as MergeState),
    ...addressesOf([...emailsOf(target), ...emailsOf(source)], [...phonesOf(target), ...phonesOf(source)]),
    customFields: filled(target.customFields, source.customFields),
    tags: [...new Set([...target.tags, ...source.tags])],
    conversationCount: target.conversationCount + source.conversationCount,
    ticketCount: target.ticketCount + source.ticketCount,
    lastSeenAt: later(target.lastSeenAt, source.lastSeenAt),
  };
}

/**
 * What becomes of a contact into which others are merged, in their order: e-mails, telephone numbers and tags are united, counts
 * summed, and empty fields filled from the first that has something to say. What the contact itself has stays.
 */
export function mergedState(target: MergeState, sources: readonly MergeState[]): MergeState {
  return sources.reduce(withOne, target);
}

/** Why contacts cannot become this one; null when they can. */
export function mergeFault(state: MergeState): string | null {
  const most = Math.max(emailsOf(state).length, phonesOf(state).length, state.tags.length);
  return most > MOST ? `One contact has at most ${MOST} e-mails, telephone numbers and tags` : null;
}

/**
 * What becomes of a contact when a merge into it is undone: what the merge brought goes, and what was changed since stays.
 * @param before, after what the merge found and what it made of it.
 */
export function unmergedState(
  now: MergeState,
  before: MergeState,
  after: MergeState,
  sources: readonly MergeState[],
): MergeState {
  const restored = UNITS.filter((unit) => unit.every((field) => same(now[field], after[field]))).map((unit) =>
    pick(before, unit),
  );
  const brought = (
    own: readonly string[],
    of: (state: MergeState) => string[],
    keyOf: (address: string) => string,
  ): Set<string> => {
    const mine = new Set(own.map(keyOf));
    return new Set(
      sources
        .flatMap(of)
        .map(keyOf)
        .filter((key) => !mine.has(key)),
    );
  };
  const [emails, phones] = [
    brought(emailsOf(before), emailsOf, emailKey),
    brought(phonesOf(before), phonesOf, phoneKey),
  ];
  const sum = (count: 'conversationCount' | 'ticketCount'): number =>
    sources.reduce((total, source) => total + source[count], 0);
  return {
    ...(Object.assign({}, now, ...restored) as MergeState),
    ...addressesOf(
      emailsOf(now).filter((email) => !emails.has(emailKey(email))),
      phonesOf(now).filter((phone) => !phones.has(phoneKey(phone))),
    ),
    customFields: withoutBrought(now.customFields, before.customFields, after.customFields),
    tags: now.tags.filter((tag) => before.tags.includes(tag) || !after.tags.includes(tag)),
    conversationCount: Math.max(0, now.conversationCount - sum('conversationCount')),
    ticketCount: Math.max(0, now.ticketCount - sum('ticketCount')),
  };
}

function withoutBrought(now: Fields, before: Fields, after: Fields): Fields {
  const kept: Record<string, unknown> = { ...now };
  for (const key of Object.keys(after)) {
    if (same(before[key], after[key]) || !same(now[key], after[key])) continue;
    if (key in before) kept[key] = before[key];
    else delete kept[key];
  }
  return kept;
}
