import { changesBetween, type Changed, type EventClass } from '@parley/kernel/events';
import {
  TicketAssigned,
  TicketClosed,
  TicketPriorityChanged,
  TicketReopened,
  TicketResolved,
  TicketStatusChanged,
  TicketTagged,
  TicketTeamAssigned,
  TicketUnassigned,
  TicketUntagged,
  TicketUpdated,
  type TicketChangeEventData,
} from '../ticket.events.js';
import { isDone } from './ticket-status.js';
import type { TicketPatch, TicketState, TicketStatus } from './ticket.view.js';

type TicketEventClass = EventClass<TicketChangeEventData>;

/** Wire names of the fields that are reported as changes. */
const WIRE_NAMES = {
  customStatusId: 'custom_status_id',
  typeId: 'type_id',
  inboxId: 'inbox_id',
  contactId: 'contact_id',
  conversationId: 'conversation_id',
  assigneeId: 'assignee_id',
  teamId: 'team_id',
  customFields: 'custom_fields',
  externalId: 'external_id',
  mergedInto: 'merged_into',
} as const;

/** Fields that follow from others; the time of the event states them. */
const DERIVED_FIELDS = new Set<keyof TicketPatch>([
  'statusChangedAt',
  'resolvedAt',
  'closedAt',
  'reopenCount',
  'movedFromConversationId',
]);

/** Returns the fields of the patch that differ from the state, and those to report by their wire names. */
export function diffTicket(state: TicketState, patch: TicketPatch): { patch: TicketPatch; changed: Changed } {
  const fields = (Object.keys(patch) as (keyof TicketPatch)[]).filter(
    (field) => patch[field] !== undefined && JSON.stringify(state[field]) !== JSON.stringify(patch[field]),
  );
  const effectivePatch: TicketPatch = Object.fromEntries(fields.map((field) => [field, patch[field]]));
  const reported = Object.fromEntries(
    fields.filter((field) => !DERIVED_FIELDS.has(field)).map((field) => [field, patch[field]]),
  ) as TicketPatch;
  return { patch: effectivePatch, changed: changesBetween(state, reported, WIRE_NAMES) };
}

function statusEventClass([before, after]: Changed[string]): TicketEventClass {
  if (after === 'resolved') return TicketResolved;
  if (after === 'closed') return TicketClosed;
  return isDone(before as TicketStatus) ? TicketReopened : TicketStatusChanged;
}

function tagEventClass([before, after]: Changed[string]): TicketEventClass {
  const previousTags = new Set(before as string[]);
  return (after as string[]).some((tag) => !previousTags.has(tag)) ? TicketTagged : TicketUntagged;
}

const EVENT_CLASS_BY_FIELD: Readonly<Record<string, (change: Changed[string], changed: Changed) => TicketEventClass>> =
  {
    status: statusEventClass,
    // A change of the status clears the custom status.
    custom_status_id: (_change, changed) => (changed.status ? statusEventClass(changed.status) : TicketStatusChanged),
    tags: tagEventClass,
    priority: () => TicketPriorityChanged,
    team_id: () => TicketTeamAssigned,
    assignee_id: ([, after]) => (after === null ? TicketUnassigned : TicketAssigned),
  };

/**
 * Type and aliases of the single event of a change-set. The type is specific if all changes are of one kind, and
 * `ticket.updated` otherwise. Every change has the alias `ticket.updated`, and every change of the status
 * `ticket.status_changed`.
 */
export function ticketChangeEvent(changed: Changed): { EventClass: TicketEventClass; aliases: string[] } {
  const classes = Object.entries(changed).map(
    ([field, change]) => EVENT_CLASS_BY_FIELD[field]?.(change, changed) ?? TicketUpdated,
  );
  const distinct = [...new Set(classes)];
  const EventClass = distinct.length === 1 ? distinct[0]! : TicketUpdated;
  const statusTypes = 'status' in changed || 'custom_status_id' in changed ? [TicketStatusChanged.type] : [];
  const types = [TicketUpdated.type, ...distinct.map(({ type }) => type), ...statusTypes];
  return { EventClass, aliases: [...new Set(types)].filter((type) => type !== EventClass.type) };
}
