import type { Changed, DomainEvent, EventClass } from '@parley/kernel';
import {
  ConversationAssigned,
  ConversationClosed,
  ConversationPriorityChanged,
  ConversationReopened,
  ConversationResolved,
  ConversationSnoozed,
  ConversationStatusChanged,
  ConversationTagged,
  ConversationTeamAssigned,
  ConversationUnassigned,
  ConversationUnsnoozed,
  ConversationUntagged,
  ConversationUpdated,
  type ConversationChange,
} from '../messaging.events.js';
import type { ConversationPatch, ConversationState } from './conversation.view.js';

/** The column and wire name of each field that can change. */
export const COLUMN_OF: Readonly<Record<keyof ConversationPatch, string>> = {
  subject: 'subject',
  status: 'status',
  statusChangedAt: 'status_changed_at',
  priority: 'priority',
  inboxId: 'inbox_id',
  contactId: 'contact_id',
  assigneeId: 'assignee_id',
  teamId: 'team_id',
  tags: 'tags',
  customFields: 'custom_fields',
  metadata: 'metadata',
  snoozedUntil: 'snoozed_until',
  resolvedAt: 'resolved_at',
  closedAt: 'closed_at',
  reopenCount: 'reopen_count',
  unreadCount: 'unread_count',
  waitingSince: 'waiting_since',
};

/** Fields that follow from others or from messages; a change of these alone is no news. */
const QUIET = new Set(['snoozed_until', 'resolved_at', 'closed_at', 'reopen_count', 'unread_count', 'waiting_since']);

/** What the event's own time tells already. */
const UNTOLD = new Set<keyof ConversationPatch>(['statusChangedAt']);

type ConversationEventClass = EventClass<ConversationChange>;

/** What of the patch is really different from the state, by column. */
export function differences(
  state: ConversationState,
  patch: ConversationPatch,
): { changed: Changed; patch: ConversationPatch } {
  const changed: Changed = {};
  const different: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch) as [keyof ConversationPatch, unknown][]) {
    if (value === undefined || JSON.stringify(state[field]) === JSON.stringify(value)) continue;
    different[field] = value;
    if (!UNTOLD.has(field)) changed[COLUMN_OF[field]] = [state[field], value];
  }
  return { changed, patch: different };
}

function statusEvent([before, after]: Changed[string]): ConversationEventClass {
  if (after === 'resolved') return ConversationResolved;
  if (after === 'closed') return ConversationClosed;
  if (after === 'snoozed') return ConversationSnoozed;
  if (before === 'resolved' || before === 'closed') return ConversationReopened;
  return before === 'snoozed' ? ConversationUnsnoozed : ConversationStatusChanged;
}

function tagEvent([before, after]: Changed[string]): ConversationEventClass {
  const known = new Set(before as string[]);
  return (after as string[]).some((tag) => !known.has(tag)) ? ConversationTagged : ConversationUntagged;
}

const EVENT_OF: Readonly<Record<string, (change: Changed[string]) => ConversationEventClass>> = {
  status: statusEvent,
  tags: tagEvent,
  priority: () => ConversationPriorityChanged,
  team_id: () => ConversationTeamAssigned,
  assignee_id: ([, after]) => (after === null ? ConversationUnassigned : ConversationAssigned),
};

function kinds(changed: Changed): ConversationEventClass[] {
  return Object.entries(changed)
    .filter(([field]) => !QUIET.has(field))
    .map(([field, change]) => EVENT_OF[field]?.(change) ?? ConversationUpdated);
}

/**
 * The one event that tells of a committed change-set: of its own kind when only one kind of thing changed, else
 * `conversation.updated`. Null when there is nothing to tell.
 */
export function changeEvent(
  { id, contactId }: Pick<ConversationState, 'id' | 'contactId'>,
  changed: Changed,
): DomainEvent<ConversationChange> | null {
  const found = new Set(kinds(changed));
  const snoozedAnew = found.size === 0 && 'snoozed_until' in changed;
  const Kind = snoozedAnew ? ConversationSnoozed : found.size === 1 ? [...found][0]! : ConversationUpdated;
  return found.size > 0 || snoozedAnew
    ? new Kind(id, { contact_id: contactId, changed }, undefined, alsoCalled(Kind.type, { changed }))
    : null;
}

/**
 * Every name that an event of this type with these changes answers to. One change-set is one event, so who waits for
 * `conversation.tagged` is also told when tags changed together with something else, and who waits for
 * `conversation.updated` is told of every change.
 */
export function eventNames(type: string, data: object): readonly string[] {
  const { changed } = data as { changed?: Changed };
  if (!type.startsWith('conversation.') || changed === undefined) return [type];
  return [...new Set([type, ConversationUpdated.type, ...kinds(changed).map((kind) => kind.type)])];
}

/** The same without its type. */
export function alsoCalled(type: string, data: object): string[] {
  return eventNames(type, data).filter((name) => name !== type);
}
