import { defineEvent, type Changed } from '@parley/kernel/events';

const CONTACT_ID = '0192f7c4-8a00-7000-8000-0000000000c1';

/** Data of a change: each changed field with its value before and after. */
export interface TicketChangeEventData {
  /** Contact of the ticket, whose timeline shows the event. */
  readonly contact_id: string;
  readonly changed: Changed;
}

export class TicketCreated extends defineEvent<{
  readonly number: number;
  readonly contact_id: string;
  readonly conversation_id: string;
  readonly type_id: string | null;
  readonly inbox_id: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly status: string;
  readonly priority: string;
  readonly tags: readonly string[];
}>('ticket.created', {
  fields: [
    'number',
    'contact_id',
    'conversation_id',
    'type_id',
    'inbox_id',
    'team_id',
    'assignee_id',
    'status',
    'priority',
    'tags',
  ],
  description: 'A ticket was created.',
  example: {
    number: 7,
    contact_id: CONTACT_ID,
    conversation_id: '0192f7c4-8a00-7000-8000-0000000000d1',
    type_id: null,
    inbox_id: null,
    team_id: null,
    assignee_id: null,
    status: 'open',
    priority: 'high',
    tags: ['bug', 'login'],
  },
}) {}

export class TicketUpdated extends defineEvent<TicketChangeEventData>('ticket.updated', {
  fields: ['contact_id', 'changed'],
  description: 'A ticket changed in several ways at once, or in a way without an event type of its own.',
  example: { contact_id: CONTACT_ID, changed: { priority: ['normal', 'high'], tags: [[], ['bug']] } },
}) {}

export class TicketAssigned extends defineEvent<TicketChangeEventData>('ticket.assigned', {
  fields: ['contact_id', 'changed'],
  description: 'A ticket was assigned to a user.',
  summary: ({ actor, subject, target }) => `${actor} assigned ${subject}${target === null ? '' : ` to ${target}`}`,
  example: {
    contact_id: CONTACT_ID,
    changed: { assignee_id: [null, '0192f7c4-8a00-7000-8000-0000000000b1'] },
  },
}) {}

export class TicketUnassigned extends defineEvent<TicketChangeEventData>('ticket.unassigned', {
  fields: ['contact_id', 'changed'],
  description: 'The assignee of a ticket was removed.',
}) {}

export class TicketTeamAssigned extends defineEvent<TicketChangeEventData>('ticket.team_assigned', {
  fields: ['contact_id', 'changed'],
  description: 'The team of a ticket changed or was removed.',
  summary: ({ actor, subject, target, changed }) =>
    changed.team_id?.[1] === null
      ? `${actor} removed the team of ${subject}`
      : `${actor} assigned ${subject} to ${target === null ? 'a team' : `team ${target}`}`,
}) {}

export class TicketStatusChanged extends defineEvent<TicketChangeEventData>('ticket.status_changed', {
  fields: ['contact_id', 'changed'],
  description:
    'The status or the custom status of a ticket changed. Changes with an event type of their own, such as ' +
    '`ticket.resolved`, have this type as an alias.',
  summary: ({ actor, subject, changed, newValue }) =>
    changed.status
      ? `${actor} changed the status of ${subject} to ${newValue('status')}`
      : `${actor} changed the custom status of ${subject}`,
  example: { contact_id: CONTACT_ID, changed: { status: ['open', 'pending'] } },
}) {}

export class TicketResolved extends defineEvent<TicketChangeEventData>('ticket.resolved', {
  fields: ['contact_id', 'changed'],
  description: 'A ticket was resolved.',
  example: { contact_id: CONTACT_ID, changed: { status: ['open', 'resolved'] } },
}) {}

export class TicketClosed extends defineEvent<TicketChangeEventData>('ticket.closed', {
  fields: ['contact_id', 'changed'],
  description: 'A ticket was closed.',
}) {}

export class TicketReopened extends defineEvent<TicketChangeEventData>('ticket.reopened', {
  fields: ['contact_id', 'changed'],
  description: 'A resolved or closed ticket was reopened.',
}) {}

export class TicketPriorityChanged extends defineEvent<TicketChangeEventData>('ticket.priority_changed', {
  fields: ['contact_id', 'changed'],
  description: 'The priority of a ticket changed.',
  summary: ({ actor, subject, newValue }) => `${actor} changed the priority of ${subject} to ${newValue('priority')}`,
}) {}

export class TicketTagged extends defineEvent<TicketChangeEventData>('ticket.tagged', {
  fields: ['contact_id', 'changed'],
  description: 'Tags were added to a ticket. Others may have been removed.',
  summary: ({ actor, subject, added, list }) => `${actor} tagged ${subject}${list(' with ', added('tags'))}`,
}) {}

export class TicketUntagged extends defineEvent<TicketChangeEventData>('ticket.untagged', {
  fields: ['contact_id', 'changed'],
  description: 'Tags were removed from a ticket.',
  summary: ({ actor, subject, removed, list }) => `${actor} removed tags from ${subject}${list(': ', removed('tags'))}`,
}) {}

export class TicketTypeCreated extends defineEvent<{ readonly name: string }>('ticket_type.created', {
  fields: ['name'],
  description: 'A ticket type was created.',
}) {}

export class TicketTypeUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'ticket_type.updated',
  {
    fields: ['name', 'changed'],
    description: 'A ticket type was changed.',
  },
) {}

export class TicketTypeDeleted extends defineEvent<{ readonly name: string }>('ticket_type.deleted', {
  fields: ['name'],
  description: 'A ticket type was deleted. Its tickets lose their type.',
}) {}

export class TicketStatusCreated extends defineEvent<{ readonly name: string; readonly category: string }>(
  'ticket_status.created',
  { fields: ['name', 'category'], description: 'A custom status of tickets was created.' },
) {}

export class TicketStatusUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'ticket_status.updated',
  {
    fields: ['name', 'changed'],
    description: 'A custom status of tickets was renamed or moved.',
  },
) {}

export class TicketStatusDeleted extends defineEvent<{ readonly name: string }>('ticket_status.deleted', {
  fields: ['name'],
  description: 'A custom status of tickets was deleted. Its tickets keep their status without it.',
}) {}

/** Data of a link event. One event is published per ticket. */
export interface TicketLinkEventData {
  readonly contact_id: string;
  /** Relation of the ticket to the other one. */
  readonly link_type: string;
  readonly linked_ticket_id: string;
}

export class TicketLinked extends defineEvent<TicketLinkEventData>('ticket.linked', {
  fields: ['contact_id', 'link_type', 'linked_ticket_id'],
  description: 'Two tickets were linked. Published for both.',
}) {}

export class TicketUnlinked extends defineEvent<TicketLinkEventData>('ticket.unlinked', {
  fields: ['contact_id', 'link_type', 'linked_ticket_id'],
  description: 'A link between two tickets was deleted. Published for both.',
}) {}

/** Data of a merge event. One event is published per ticket. */
export interface TicketMergeEventData extends TicketChangeEventData {
  readonly side: 'source' | 'target';
  readonly source_id: string;
  readonly target_id: string;
}

export class TicketMerged extends defineEvent<TicketMergeEventData>('ticket.merged', {
  fields: ['contact_id', 'changed', 'side', 'source_id', 'target_id'],
  description: 'A ticket was merged into another. Published for both.',
}) {}

export class TicketUnmerged extends defineEvent<TicketMergeEventData>('ticket.unmerged', {
  fields: ['contact_id', 'changed', 'side', 'source_id', 'target_id'],
  description: 'A merge of two tickets was undone. Published for both.',
}) {}
