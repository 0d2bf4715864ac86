import { truncateText } from '@parley/kernel/text';
import type { Changed, RecordedEvent } from '@parley/kernel/events';

/** An audit entry as read from its event. */
export interface NewAuditEntryRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly position: number;
  readonly action: string;
  readonly actor: RecordedEvent['actor'];
  readonly subjectType: string;
  readonly subjectId: string;
  /** Object that the summary mentions: the conversation of a message, else the subject. */
  readonly aboutType: string;
  readonly aboutId: string;
  /** Name of that object, if the event contains it: `#42`, a title, a name. Names of people are not stored. */
  readonly label: string | null;
  /** User or team that something was assigned to, or that was added or removed. */
  readonly targetId: string | null;
  readonly changed: Changed;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly address: string | null;
  readonly occurredAt: string;
}

/** Names of people are looked up when entries are read, so that erased names do not remain here. */
const PERSON_SUBJECT_TYPES = new Set(['user', 'contact', 'security']);

const UUID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The audit entry of an event. */
export function toAuditEntryRow(event: RecordedEvent): NewAuditEntryRow {
  const {
    id,
    workspaceId,
    position,
    type: action,
    actor,
    subjectType,
    subjectId,
    correlationId,
    causationId,
    occurredAt,
  } = event;
  const data = event.data as Readonly<Record<string, unknown>>;
  const changed = readChanged(data);
  const conversationId = subjectType === 'conversation' ? null : asUuid(data.conversation_id);
  return {
    id,
    workspaceId,
    position,
    action,
    actor,
    subjectType,
    subjectId,
    changed,
    correlationId,
    causationId,
    occurredAt,
    aboutType: conversationId === null ? subjectType : 'conversation',
    aboutId: conversationId ?? subjectId,
    label: conversationId === null && !PERSON_SUBJECT_TYPES.has(subjectType) ? readLabel(data, changed) : null,
    targetId:
      asUuid(changed.assignee_id?.[1]) ??
      asUuid(changed.team_id?.[1]) ??
      asUuid(data.user_id) ??
      asUuid(data.reassign_to),
    address: asText(data.address),
  };
}

function readChanged({ changed }: Readonly<Record<string, unknown>>): Changed {
  return typeof changed === 'object' && changed !== null ? (changed as Changed) : {};
}

/** Fields that name an object, the best first. */
const LABEL_FIELDS = ['title', 'name', 'key', 'shortcut', 'file_name', 'url'] as const;

/** Fields that describe a bulk update by the number of its objects. */
const COUNT_FIELDS = [
  ['contact_count', 'contact'],
  ['conversation_count', 'conversation'],
] as const;

function readLabel(data: Readonly<Record<string, unknown>>, changed: Changed): string | null {
  if (typeof data.number === 'number') return `#${data.number}`;
  for (const [field, noun] of COUNT_FIELDS)
    if (typeof data[field] === 'number') return `${data[field]} ${noun}${data[field] === 1 ? '' : 's'}`;
  const values = [...LABEL_FIELDS.map((field) => data[field]), ...LABEL_FIELDS.map((field) => changed[field]?.[1])];
  return values.map(asText).find((label) => label !== null) ?? null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? truncateText(value, 500) : null;
}

function asUuid(value: unknown): string | null {
  return typeof value === 'string' && UUID_PATTERN.test(value) ? value : null;
}
