import type { Changed } from '@parley/kernel/events';

/** Parts of an entry that its summary uses. */
export interface SummaryInput {
  readonly action: string;
  readonly actorKind: string;
  readonly actorName: string | null;
  readonly subjectName: string | null;
  /** Type and name of the object that the summary mentions: the conversation of a message, else the subject. */
  readonly aboutType: string;
  readonly aboutName: string | null;
  /** Name of the user or team that something was assigned to, or that was added or removed. */
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

/** Types of programs. Their label precedes the name, so that it does not read like a person's name. */
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

/** Types whose names are quoted, because they are titles. */
const QUOTED_SUBJECT_TYPES = new Set(['article']);

/**
 * Event verbs that form a sentence: `Sarah Chen resolved conversation #42`. Other events are summarized as
 * `Conversation #42: read`.
 */
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
  'conversation.created': (_input, actor, subject) => `${actor} created ${subject}`,
  'conversation.team_assigned': ({ changed, targetName }, actor, subject) =>
    changed.team_id?.[1] === null
      ? `${actor} unassigned the team of ${subject}`
      : `${actor} assigned ${subject} to ${targetName === null ? 'a team' : `team ${targetName}`}`,
  'message.created': (_input, actor, subject) => `${actor} sent a message in ${subject}`,
  'message.updated': (_input, actor, subject) => `${actor} updated a message in ${subject}`,
  'message.deleted': (_input, actor, subject) => `${actor} deleted a message in ${subject}`,
  'scheduled_message.sent': (_input, _actor, subject) => `A scheduled message was sent in ${subject}`,
  'scheduled_message.failed': (_input, _actor, subject) => `A scheduled message in ${subject} failed`,
  'note.created': (_input, actor, subject) => `${actor} added a note in ${subject}`,
  'note.updated': (_input, actor, subject) => `${actor} updated a note in ${subject}`,
  'note.deleted': (_input, actor, subject) => `${actor} deleted a note in ${subject}`,
  'team.member_added': ({ targetName }, actor, subject) => `${actor} added ${targetName ?? 'a user'} to ${subject}`,
  'team.member_removed': ({ targetName }, actor, subject) =>
    `${actor} removed ${targetName ?? 'a user'} from ${subject}`,
  'inbox.member_added': ({ targetName }, actor, subject) => `${actor} added ${targetName ?? 'a user'} to ${subject}`,
  'inbox.member_removed': ({ targetName }, actor, subject) =>
    `${actor} removed ${targetName ?? 'a user'} from ${subject}`,
  'contact_import.progressed': (_input, actor) => `${actor} imported contacts`,
  'contact_import.completed': (_input, actor) => `A contact import by ${actor} completed`,
  'contact_import.failed': (_input, actor) => `A contact import by ${actor} failed`,
  'user.joined': ({ subjectName }) => `${subjectName ?? 'A user'} joined the workspace`,
  'user.availability_changed': ({ subjectName, changed }) =>
    `${subjectName ?? 'A user'} set their availability to ${newValue(changed, 'availability')}`,
  'security.login': ({ subjectName }) => `${subjectName ?? 'A user'} signed in`,
  'security.login_failed': ({ subjectName }) => `Failed sign-in as ${subjectName ?? 'a user'} with a wrong password`,
  'security.password_changed': ({ subjectName }) => `${subjectName ?? 'A user'} changed their password`,
  'security.password_reset': ({ subjectName }) => `${subjectName ?? 'A user'} reset their password`,
  'security.password_reset_linked': ({ subjectName }, actor) =>
    `${actor} created a password reset link for ${subjectName ?? 'a user'}`,
  'security.email_changed': ({ subjectName }) => `${subjectName ?? 'A user'} changed their e-mail`,
  'security.email_change_linked': ({ subjectName }, actor) =>
    `${actor} created an e-mail confirmation link for ${subjectName ?? 'a user'}`,
  'security.second_factor_enabled': ({ subjectName }) => `${subjectName ?? 'A user'} enabled their second factor`,
  'security.second_factor_disabled': ({ subjectName }) => `${subjectName ?? 'A user'} disabled their second factor`,
  'security.second_factor_reset': ({ subjectName }, actor) =>
    `${actor} reset the second factor of ${subjectName ?? 'a user'}`,
  'security.recovery_codes_renewed': ({ subjectName }) => `${subjectName ?? 'A user'} regenerated their recovery codes`,
  'security.sessions_revoked': ({ subjectName }) => `${subjectName ?? 'A user'} revoked their sessions`,
  'security.role_changed': ({ subjectName }, actor) => `${actor} changed the role of ${subjectName ?? 'a user'}`,
  'security.settings_changed': ({ changed }, actor) =>
    `${actor} changed the sign-in settings${formatChangedFields(changed)}`,
  'api_key.rotated': (_input, actor, subject) => `${actor} rotated the secret of ${subject}`,
  'automation.ran': (_input, actor, subject) => `${actor} ran on ${subject}`,
  'automation.failed': (_input, actor, subject) => `${actor} failed on ${subject}`,
  'automation.loop_stopped': (_input, actor, subject) =>
    `${actor} was skipped on ${subject}: the chain of causing events is too long`,
};

/** Phrases by event verb, for all subject types. */
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
    `${actor} untagged ${subject}${formatList(', removing ', tagDifference(changed, true))}`,
  updated: ({ changed }, actor, subject) => `${actor} updated ${subject}${formatChangedFields(changed)}`,
};

/** The summary of an entry: `Sarah Chen resolved conversation #42`. */
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
  if (actorName === null) return UNNAMED_ACTORS[actorKind] ?? 'An actor';
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
