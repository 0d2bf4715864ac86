import type { Changed } from '@parley/kernel';

/** What a line about an entry is made from. */
export interface SummaryFacts {
  readonly action: string;
  readonly actorKind: string;
  readonly actorName: string | null;
  readonly subjectName: string | null;
  /** What the entry is best told of, and what that is called. */
  readonly aboutType: string;
  readonly aboutName: string | null;
  /** The user or team that something was given to, or that came or went. */
  readonly targetName: string | null;
  readonly changed: Changed;
}

type Phrase = (facts: SummaryFacts, who: string, what: string) => string;

const LONGEST = 300;

const NOBODY_NAMED: Readonly<Record<string, string>> = {
  user: 'A user',
  contact: 'A customer',
  api_key: 'An API key',
  automation: 'An automation',
  workflow: 'A workflow',
  ai_agent: 'An AI agent',
  system: 'The system',
};

/** Kinds of programs, whose name alone would read like a person's. */
const PROGRAMS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  automation: 'Automation',
  workflow: 'Workflow',
  ai_agent: 'AI agent',
};

const NOUNS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  oidc_provider: 'OIDC provider',
  ai: 'AI',
  sla: 'SLA',
  csat: 'CSAT',
};

/** Kinds of things that are called by whole sentences. */
const QUOTED = new Set(['article']);

/** Happenings that somebody does to something: `Sarah Chen resolved conversation #42`. Any other is told as `Conversation #42: read`. */
const DEEDS = new Set([
  'created',
  'updated',
  'deleted',
  'resolved',
  'reopened',
  'closed',
  'unassigned',
  'unsnoozed',
  'merged',
  'unmerged',
  'published',
  'unpublished',
  'blocked',
  'unblocked',
  'tagged',
  'untagged',
  'revoked',
  'invited',
  'deactivated',
  'activated',
  'connected',
  'disconnected',
  'disabled',
  'assigned',
  'snoozed',
  'scheduled',
]);

const PHRASES: Readonly<Record<string, Phrase>> = {
  'conversation.created': (_facts, who, what) => `${who} began ${what}`,
  'conversation.team_assigned': ({ changed, targetName }, who, what) =>
    changed.team_id?.[1] === null
      ? `${who} took ${what} from its team`
      : `${who} gave ${what} to ${targetName === null ? 'a team' : `team ${targetName}`}`,
  'message.created': (_facts, who, what) => `${who} wrote a message in ${what}`,
  'message.updated': (_facts, who, what) => `${who} corrected a message in ${what}`,
  'message.deleted': (_facts, who, what) => `${who} took back a message in ${what}`,
  'scheduled_message.sent': (_facts, _who, what) => `A scheduled message was sent in ${what}`,
  'scheduled_message.failed': (_facts, _who, what) => `A scheduled message could not be sent in ${what}`,
  'note.created': (_facts, who, what) => `${who} wrote a note in ${what}`,
  'note.updated': (_facts, who, what) => `${who} corrected a note in ${what}`,
  'note.deleted': (_facts, who, what) => `${who} took back a note in ${what}`,
  'team.member_added': ({ targetName }, who, what) => `${who} added ${targetName ?? 'a user'} to ${what}`,
  'team.member_removed': ({ targetName }, who, what) => `${who} took ${targetName ?? 'a user'} out of ${what}`,
  'inbox.member_added': ({ targetName }, who, what) => `${who} let ${targetName ?? 'a user'} work in ${what}`,
  'inbox.member_removed': ({ targetName }, who, what) => `${who} took ${targetName ?? 'a user'} out of ${what}`,
  'contact_import.progressed': (_facts, who) => `${who} imported contacts`,
  'contact_import.completed': (_facts, who) => `An import of contacts by ${who} was completed`,
  'contact_import.failed': (_facts, who) => `An import of contacts by ${who} failed`,
  'user.joined': ({ subjectName }) => `${subjectName ?? 'A user'} joined the workspace`,
  'user.availability_changed': ({ subjectName, changed }) =>
    `${subjectName ?? 'A user'} went ${after(changed, 'availability')}`,
  'security.login': ({ subjectName }) => `${subjectName ?? 'A user'} signed in`,
  'security.login_failed': ({ subjectName }) =>
    `Somebody tried to sign in as ${subjectName ?? 'a user'} with a wrong password`,
  'security.password_changed': ({ subjectName }) => `${subjectName ?? 'A user'} changed their password`,
  'security.password_reset': ({ subjectName }) =>
    `${subjectName ?? 'A user'} set a new password for one that was forgotten`,
  'security.password_reset_linked': ({ subjectName }, who) =>
    `${who} made a link that resets the password of ${subjectName ?? 'a user'}`,
  'security.email_changed': ({ subjectName }) => `${subjectName ?? 'A user'} signs in with another e-mail`,
  'security.email_change_linked': ({ subjectName }, who) =>
    `${who} made a link that confirms the new e-mail of ${subjectName ?? 'a user'}`,
  'security.second_factor_enabled': ({ subjectName }) => `${subjectName ?? 'A user'} switched their second factor on`,
  'security.second_factor_disabled': ({ subjectName }) => `${subjectName ?? 'A user'} switched their second factor off`,
  'security.second_factor_reset': ({ subjectName }, who) =>
    `${who} switched off the second factor of ${subjectName ?? 'a user'}`,
  'security.recovery_codes_renewed': ({ subjectName }) => `${subjectName ?? 'A user'} made new recovery codes`,
  'security.sessions_revoked': ({ subjectName }) => `${subjectName ?? 'A user'} ended sessions of their own`,
  'security.role_changed': ({ subjectName }, who) => `${who} gave ${subjectName ?? 'a user'} another role`,
  'security.settings_changed': ({ changed }, who) => `${who} changed how one may sign in${fields(changed)}`,
  'api_key.rotated': (_facts, who, what) => `${who} gave ${what} another secret`,
  'automation.ran': (_facts, who, what) => `${who} ran on ${what}`,
  'automation.failed': (_facts, who, what) => `${who} failed on ${what}`,
  'automation.loop_stopped': (_facts, who, what) => `${who} was not run on ${what}: its chain of causes was too long`,
};

/** Phrases of happenings whatever the subject. */
const HAPPENINGS: Readonly<Record<string, Phrase>> = {
  assigned: ({ targetName }, who, what) => `${who} assigned ${what}${targetName === null ? '' : ` to ${targetName}`}`,
  status_changed: ({ changed }, who, what) => `${who} set the status of ${what} to ${after(changed, 'status')}`,
  priority_changed: ({ changed }, who, what) => `${who} set the priority of ${what} to ${after(changed, 'priority')}`,
  snoozed: ({ changed }, who, what) =>
    `${who} snoozed ${what}${changed.snoozed_until?.[1] ? ` until ${after(changed, 'snoozed_until')}` : ''}`,
  tagged: ({ changed }, who, what) => `${who} tagged ${what}${listed(' with ', gained(changed))}`,
  untagged: ({ changed }, who, what) => `${who} untagged ${what}${listed(', taking off ', gained(changed, true))}`,
  updated: ({ changed }, who, what) => `${who} updated ${what}${fields(changed)}`,
};

/** Tells an entry in one line: `Sarah Chen resolved conversation #42`. */
export function summarize(facts: SummaryFacts): string {
  const happening = facts.action.slice(facts.action.indexOf('.') + 1);
  const who = actor(facts);
  const what = object(facts);
  const phrase = PHRASES[facts.action] ?? HAPPENINGS[happening];
  const line = phrase
    ? phrase(facts, who, what)
    : DEEDS.has(happening)
      ? `${who} ${happening} ${what}`
      : `${capital(what)}: ${happening.replaceAll('_', ' ')}`;
  const flat = line.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : flat;
}

function actor({ actorKind, actorName }: SummaryFacts): string {
  if (actorName === null) return NOBODY_NAMED[actorKind] ?? 'Somebody';
  return PROGRAMS[actorKind] ? `${PROGRAMS[actorKind]} ${actorName}` : actorName;
}

function object({ aboutType, aboutName }: SummaryFacts): string {
  const noun = NOUNS[aboutType] ?? aboutType.replaceAll('_', ' ');
  if (aboutName === null) return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
  return QUOTED.has(aboutType) ? `${noun} “${aboutName}”` : `${noun} ${aboutName}`;
}

function fields(changed: Changed): string {
  const names = Object.keys(changed).map((field) => field.replaceAll('_', ' '));
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function after(changed: Changed, field: string): string {
  return String(changed[field]?.[1] ?? 'none');
}

function listed(lead: string, words: readonly string[]): string {
  return words.length === 0 ? '' : `${lead}${words.join(', ')}`;
}

function gained({ tags }: Changed, lost = false): string[] {
  if (!Array.isArray(tags?.[0]) || !Array.isArray(tags[1])) return [];
  const [from, to] = (lost ? [tags[1], tags[0]] : tags) as [string[], string[]];
  return to.filter((tag) => !from.includes(tag));
}
