import type { Changed, DomainEvent, EventClass } from '@parley/kernel/events';
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
  type ConversationChangeEventData,
} from '../messaging.events.js';
import type { ConversationPatch, ConversationState } from './conversation.view.js';

/** Column and wire name of each field that can change. */
export const COLUMN_BY_FIELD: Readonly<Record<keyof ConversationPatch, string>> = {
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

/** Fields derived from others or from messages. A change of these alone emits no event. */
const DERIVED_FIELDS = new Set([
  'snoozed_until',
  'resolved_at',
  'closed_at',
  'reopen_count',
  'unread_count',
  'waiting_since',
]);

/** Fields not reported as changes because the time of the event states them. */
const UNREPORTED_FIELDS = new Set<keyof ConversationPatch>(['statusChangedAt']);

type ConversationEventClass = EventClass<ConversationChangeEventData>;

/** Returns the fields of the patch that differ from the state, by column. */
export function diffConversation(
  state: ConversationState,
  patch: ConversationPatch,
): { changed: Changed; patch: ConversationPatch } {
  const changed: Changed = {};
  const effectivePatch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch) as [keyof ConversationPatch, unknown][]) {
    if (value === undefined || JSON.stringify(state[field]) === JSON.stringify(value)) continue;
    effectivePatch[field] = value;
    if (!UNREPORTED_FIELDS.has(field)) changed[COLUMN_BY_FIELD[field]] = [state[field], value];
  }
  return { changed, patch: effectivePatch };
}

function statusEventClass([before, after]: Changed[string]): ConversationEventClass {
  if (after === 'resolved') return ConversationResolved;
  if (after === 'closed') return ConversationClosed;
  if (after === 'snoozed') return ConversationSnoozed;
  if (before === 'resolved' || before === 'closed') return ConversationReopened;
  return before === 'snoozed' ? ConversationUnsnoozed : ConversationStatusChanged;
}

function tagEventClass([before, after]: Changed[string]): ConversationEventClass {
  const previousTags = new Set(before as string[]);
  return (after as string[]).some((tag) => !previousTags.has(tag)) ? ConversationTagged : ConversationUntagged;
}

const EVENT_CLASS_BY_FIELD: Readonly<Record<string, (change: Changed[string]) => ConversationEventClass>> = {
  status: statusEventClass,
  tags: tagEventClass,
  priority: () => ConversationPriorityChanged,
  team_id: () => ConversationTeamAssigned,
  assignee_id: ([, after]) => (after === null ? ConversationUnassigned : ConversationAssigned),
};

function eventClassesOf(changed: Changed): ConversationEventClass[] {
  return Object.entries(changed)
    .filter(([field]) => !DERIVED_FIELDS.has(field))
    .map(([field, change]) => EVENT_CLASS_BY_FIELD[field]?.(change) ?? ConversationUpdated);
}

/**
 * Builds the single event of a change-set. It has a specific type if all changes are of one kind, and is
 * `conversation.updated` otherwise. Null if there is nothing to report.
 */
export function buildChangeEvent(
  { id, contactId }: Pick<ConversationState, 'id' | 'contactId'>,
  changed: Changed,
): DomainEvent<ConversationChangeEventData> | null {
  const eventClasses = new Set(eventClassesOf(changed));
  const isSnoozedAgain = eventClasses.size === 0 && 'snoozed_until' in changed;
  const ChangeEvent = isSnoozedAgain
    ? ConversationSnoozed
    : eventClasses.size === 1
      ? [...eventClasses][0]!
      : ConversationUpdated;
  return eventClasses.size > 0 || isSnoozedAgain
    ? new ChangeEvent(id, { contact_id: contactId, changed }, undefined, eventAliases(ChangeEvent.type, changed))
    : null;
}

/**
 * The event types that an event with these changes matches besides its own: one change-set is one event, so
 * subscribers of `conversation.tagged` also get it when other fields changed as well, and subscribers of
 * `conversation.updated` get every change and those of `conversation.status_changed` every change of the status. The
 * general type of a status comes last, because receivers with several matching subscriptions get the first one.
 */
export function eventAliases(type: string, changed: Changed): string[] {
  const statusTypes = 'status' in changed ? [ConversationStatusChanged.type] : [];
  const classes = eventClassesOf(changed);
  const types = [ConversationUpdated.type, ...classes.map((eventClass) => eventClass.type), ...statusTypes];
  return [...new Set(types)].filter((alias) => alias !== type);
}

/** All event types that a change-set with these changes matches, `conversation.updated` first. */
export function conversationEventTypes(changed: Changed): string[] {
  return [ConversationUpdated.type, ...eventAliases(ConversationUpdated.type, changed)];
}
