import { truncateWithEllipsis } from '@parley/kernel/text';
import { findEventDefinition, toSummaryContext, type Changed } from '@parley/kernel/events';

/** What the summary of an audit entry is built from. */
export interface SummaryInput {
  /** The event type. */
  readonly action: string;
  readonly actorKind: string;
  readonly actorName: string | null;
  readonly subjectName: string | null;
  /** Type of the object that the entry is about: the conversation of a message, else the subject. */
  readonly aboutType: string;
  readonly aboutName: string | null;
  /** Name of the user or team that the event refers to. */
  readonly targetName: string | null;
  readonly changed: Changed;
}

const MAX_SUMMARY_LENGTH = 300;

const UNNAMED_ACTORS: Readonly<Record<string, string>> = {
  user: 'A user',
  contact: 'A contact',
  api_key: 'An API key',
  automation: 'An automation',
  workflow: 'A workflow',
  ai_agent: 'An AI agent',
  system: 'The system',
};

/** Labels of programs. Their name alone would read like the name of a person. */
const PROGRAM_ACTOR_LABELS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  automation: 'Automation',
  workflow: 'Workflow',
  ai_agent: 'AI agent',
};

const SUBJECT_NOUNS: Readonly<Record<string, string>> = { api_key: 'API key', oidc_provider: 'OIDC provider' };

/** Types whose names are sentences. */
const QUOTED_SUBJECT_TYPES = new Set(['article']);

/** Types that are named after what they change. */
const BULK_SUBJECTS: Readonly<Record<string, string>> = {
  contact_bulk_update: 'contacts',
  conversation_bulk_update: 'conversations',
};

/** Types whose subject is a user, referred to by name alone. */
const USER_SUBJECT_TYPES = new Set(['user', 'security']);

/**
 * Describes an audit entry in one line, such as `Sarah Chen resolved conversation #42`. The sentence comes from the
 * definition of the event.
 */
export function summarize(input: SummaryInput): string {
  const { action, targetName: target, changed } = input;
  const subject = describeSubject(input);
  const context = toSummaryContext({ actor: describeActor(input), subject, target, changed });
  const sentence =
    findEventDefinition(action)?.summary(context) ??
    `${subject}: ${action.slice(action.indexOf('.') + 1).replaceAll('_', ' ')}`;
  const singleLine = sentence.replace(/\s+/g, ' ').trim().replace(/^an? /, capitalize);
  return truncateWithEllipsis(singleLine, MAX_SUMMARY_LENGTH);
}

function describeActor({ actorKind, actorName }: SummaryInput): string {
  if (actorName === null) return UNNAMED_ACTORS[actorKind] ?? 'An unknown actor';
  return PROGRAM_ACTOR_LABELS[actorKind] ? `${PROGRAM_ACTOR_LABELS[actorKind]} ${actorName}` : actorName;
}

function describeSubject({ aboutType, aboutName, subjectName }: SummaryInput): string {
  if (USER_SUBJECT_TYPES.has(aboutType)) return subjectName ?? aboutName ?? 'a user';
  const bulkObjects = BULK_SUBJECTS[aboutType];
  if (bulkObjects) return `a bulk update of ${aboutName ?? bulkObjects}`;
  const noun = SUBJECT_NOUNS[aboutType] ?? aboutType.replaceAll('_', ' ');
  if (aboutName === null) return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
  return QUOTED_SUBJECT_TYPES.has(aboutType) ? `${noun} “${aboutName}”` : `${noun} ${aboutName}`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
