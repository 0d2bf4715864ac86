import type { Changed } from '@parley/kernel/events';

/** What a line about an entry is made from. */
export interface SummaryInput {
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

type SummaryPhrase = (input: SummaryInput, actor: string, subject: string) => string;

const MAX_SUMMARY_LENGTH = 300;

const UNNAMED_ACTORS: Readonly<Record<string, string>> = {
  user: 'A user',
  contact: 'A customer',
  api_key: 'An API key',
  automation: 'An automation',
  workflow: 'A workflow',
  ai_agent: 'An AI agent',
  system: 'The system',
};

/** Kinds of programs, whose name alone would read like a person's. */
const PROGRAM_ACTOR_LABELS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  automation: 'Automation',
  workflow: 'Workflow',
  ai_agent: 'AI agent',
};

const SUBJECT_NOUNS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  oidc_provider: 'OIDC provider',
  ai: 'AI',
  sla: 'SLA',
  csat: 'CSAT',
};

/** Kinds of things that are called by whole sentences. */
const QUOTED_SUBJECT_TYPES = new Set(['article']);

/** Happenings that somebody does to something: `Sarah Chen resolved conversation #42`. Any other is told as `Conversation #42: read`. */
const TRANSITIVE_VERBS = new Set([
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

const PHRASES_BY_ACTION: Readonly<Record<string, SummaryPhrase>> = {
  'conversation.created': (_input, actor, subject) => `${actor} began ${subject}`,
  'conversation.team_assigned': ({ changed, targetName }, actor, subject) =>
    changed.team_id?.[1] === null
      ? `${actor} took ${subject} from its team`
      : `${actor} gave ${subject} to ${targetName === null ? 'a team' : `team ${targetName}`}`,
  'message.created': (_input, actor, subject) => `${actor} wrote a message in ${subject}`,
  'message.updated': (_input, actor, subject) => `${actor} corrected a message in ${subject}`,
  'message.deleted': (_input, actor, subject) => `${actor} took back a message in ${subject}`,
  'scheduled_message.sent': (_input, _actor, subject) => `A scheduled message was sent in ${subject}`,
  'scheduled_message.failed': (_input, _actor, subject) => `A scheduled message could not be sent in ${subject}`,
  'note.created': (_input, actor, subject) => `${actor} wrote a note in ${subject}`,
  'note.updated': (_input, actor, subject) => `${actor} corrected a note in ${subject}`,
  'note.deleted': (_input, actor, subject) => `${actor} took back a note in ${subject}`,
  'team.member_added': ({ targetName }, actor, subject) => `${actor} added ${targetName ?? 'a user'} to ${subject}`,
  'team.member_removed': ({ targetName }, actor, subject) =>
    `${actor} took ${targetName ?? 'a user'} out of ${subject}`,
  'inbox.member_added': ({ targetName }, actor, subject) => `${actor} let ${targetName ?? 'a user'} work in ${subject}`,
  'inbox.member_removed': ({ targetName }, actor, subject) =>
    `${actor} took ${targetName ?? 'a user'} out of ${subject}`,
  'contact_import.progressed': (_input, actor) => `${actor} imported contacts`,
  'contact_import.completed': (_input, actor) => `An import of contacts by ${actor} was completed`,
  'contact_import.failed': (_input, actor) => `An import of contacts by ${actor} failed`,
  'user.joined': ({ subjectName }) => `${subjectName ?? 'A user'} joined the workspace`,
  'user.availability_changed': ({ subjectName, changed }) =>
    `${subjectName ?? 'A user'} went ${newValue(changed, 'availability')}`,
  'security.login': ({ subjectName }) => `${subjectName ?? 'A user'} signed in`,
  'security.login_failed': ({ subjectName }) =>
    `Somebody tried to sign in as ${subjectName ?? 'a user'} with a wrong password`,
  'security.password_changed': ({ subjectName }) => `${subjectName ?? 'A user'} changed their password`,
  'security.password_reset': ({ subjectName }) =>
    `${subjectName ?? 'A user'} set a new password for one that was forgotten`,
  'security.password_reset_linked': ({ subjectName }, actor) =>
    `${actor} made a link that resets the password of ${subjectName ?? 'a user'}`,
  'security.email_changed': ({ subjectName }) => `${subjectName ?? 'A user'} signs in with another e-mail`,
  'security.email_change_linked': ({ subjectName }, actor) =>
    `${actor} made a link that confirms the new e-mail of ${subjectName ?? 'a user'}`,
  'security.second_factor_enabled': ({ subjectName }) => `${subjectName ?? 'A user'} switched their second factor on`,
  'security.second_factor_disabled': ({ subjectName }) => `${subjectName ?? 'A user'} switched their second factor off`,
  'security.second_factor_reset': ({ subjectName }, actor) =>
    `${actor} switched off the second factor of ${subjectName ?? 'a user'}`,
  'security.recovery_codes_renewed': ({ subjectName }) => `${subjectName ?? 'A user'} made new recovery codes`,
  'security.sessions_revoked': ({ subjectName }) => `${subjectName ?? 'A user'} ended sessions of their own`,
  'security.role_changed': ({ subjectName }, actor) => `${actor} gave ${subjectName ?? 'a user'} another role`,
  'security.settings_changed': ({ changed }, actor) =>
    `${actor} changed how one may sign in${formatChangedFields(changed)}`,
  'api_key.rotated': (_input, actor, subject) => `${actor} gave ${subject} another secret`,
  'automation.ran': (_input, actor, subject) => `${actor} ran on ${subject}`,
  'automation.failed': (_input, actor, subject) => `${actor} failed on ${subject}`,
  'automation.loop_stopped': (_input, actor, subject) =>
    `${actor} was not run on ${subject}: its chain of causes was too long`,
};

/** Phrases of happenings whatever the subject. */
const PHRASES_BY_VERB: Readonly<Record<string, SummaryPhrase>> = {
  assigned: ({ targetName }, actor, subject) =>
    `${actor} assigned ${subject}${targetName === null ? '' : ` to ${targetName}`}`,
  status_changed: ({ changed }, actor, subject) =>
    `${actor} set the status of ${subject} to ${newValue(changed, 'status')}`,
  priority_changed: ({ changed }, actor, subject) =>
    `${actor} set the priority of ${subject} to ${newValue(changed, 'priority')}`,
  snoozed: ({ changed }, actor, subject) =>
    `${actor} snoozed ${subject}${changed.snoozed_until?.[1] ? ` until ${newValue(changed, 'snoozed_until')}` : ''}`,
  tagged: ({ changed }, actor, subject) => `${actor} tagged ${subject}${formatList(' with ', tagDifference(changed))}`,
  untagged: ({ changed }, actor, subject) =>
    `${actor} untagged ${subject}${formatList(', taking off ', tagDifference(changed, true))}`,
  updated: ({ changed }, actor, subject) => `${actor} updated ${subject}${formatChangedFields(changed)}`,
};

/** Tells an entry in one line: `Sarah Chen resolved conversation #42`. */
export function summarize(input: SummaryInput): string {
  const verb = input.action.slice(input.action.indexOf('.') + 1);
  const actor = describeActor(input);
  const subject = describeSubject(input);
  const phrase = PHRASES_BY_ACTION[input.action] ?? PHRASES_BY_VERB[verb];
  const sentence = phrase
    ? phrase(input, actor, subject)
    : TRANSITIVE_VERBS.has(verb)
      ? `${actor} ${verb} ${subject}`
      : `${capitalize(subject)}: ${verb.replaceAll('_', ' ')}`;
  const singleLine = sentence.replace(/\s+/g, ' ').trim();
  return singleLine.length > MAX_SUMMARY_LENGTH
    ? `${singleLine.slice(0, MAX_SUMMARY_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : singleLine;
}

function describeActor({ actorKind, actorName }: SummaryInput): string {
  if (actorName === null) return UNNAMED_ACTORS[actorKind] ?? 'Somebody';
  return PROGRAM_ACTOR_LABELS[actorKind] ? `${PROGRAM_ACTOR_LABELS[actorKind]} ${actorName}` : actorName;
}

function describeSubject({ aboutType, aboutName }: SummaryInput): string {
  const noun = SUBJECT_NOUNS[aboutType] ?? aboutType.replaceAll('_', ' ');
  if (aboutName === null) return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
  return QUOTED_SUBJECT_TYPES.has(aboutType) ? `${noun} “${aboutName}”` : `${noun} ${aboutName}`;
}

function formatChangedFields(changed: Changed): string {
  const names = Object.keys(changed).map((field) => field.replaceAll('_', ' '));
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function newValue(changed: Changed, field: string): string {
  return String(changed[field]?.[1] ?? 'none');
}

function formatList(prefix: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${prefix}${items.join(', ')}`;
}

function tagDifference({ tags }: Changed, removed = false): string[] {
  if (!Array.isArray(tags?.[0]) || !Array.isArray(tags[1])) return [];
  const [from, to] = (removed ? [tags[1], tags[0]] : tags) as [string[], string[]];
  return to.filter((tag) => !from.includes(tag));
}
