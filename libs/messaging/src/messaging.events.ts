import { defineEvent, type Changed } from '@parley/kernel/events';

/** Data of a change: each changed field with its value before and after. */
export interface ConversationChangeEventData {
  /** Contact of the conversation, whose timeline shows the event. */
  readonly contact_id?: string;
  readonly changed: Changed;
}

export class ConversationCreated extends defineEvent<{
  readonly number: number;
  readonly channel: string;
  readonly contact_id: string;
  readonly inbox_id: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly status: string;
  readonly priority: string;
  readonly tags: readonly string[];
  /** First message, or null. */
  readonly message_id: string | null;
  /** Conversation from which it was split. */
  readonly split_from?: string;
}>('conversation.created', {
  description: 'A conversation was created.',
  example: {
    number: 42,
    channel: 'email',
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    inbox_id: null,
    team_id: null,
    assignee_id: null,
    status: 'open',
    priority: 'normal',
    tags: ['billing'],
    message_id: '0192f7c4-8a00-7000-8000-0000000000a1',
  },
}) {}

export class ConversationUpdated extends defineEvent<ConversationChangeEventData>('conversation.updated', {
  description: 'A conversation changed in several ways at once, or in a way without an event type of its own.',
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { priority: ['normal', 'high'], tags: [[], ['billing']] },
  },
}) {}

export class ConversationAssigned extends defineEvent<ConversationChangeEventData>('conversation.assigned', {
  description: 'A conversation was assigned to a user.',
  summary: ({ actor, subject, target }) => `${actor} assigned ${subject}${target === null ? '' : ` to ${target}`}`,
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { assignee_id: [null, '0192f7c4-8a00-7000-8000-0000000000b1'] },
  },
}) {}

export class ConversationUnassigned extends defineEvent<ConversationChangeEventData>('conversation.unassigned', {
  description: 'The assignee of a conversation was removed.',
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { assignee_id: ['0192f7c4-8a00-7000-8000-0000000000b1', null] },
  },
}) {}

export class ConversationTeamAssigned extends defineEvent<ConversationChangeEventData>('conversation.team_assigned', {
  description: 'The team of a conversation changed or was removed.',
  summary: ({ actor, subject, target, changed }) =>
    changed.team_id?.[1] === null
      ? `${actor} removed the team of ${subject}`
      : `${actor} assigned ${subject} to ${target === null ? 'a team' : `team ${target}`}`,
}) {}

export class ConversationStatusChanged extends defineEvent<ConversationChangeEventData>('conversation.status_changed', {
  description:
    'The status of a conversation changed. Changes with an event type of their own, such as ' +
    '`conversation.resolved`, have this type as an alias.',
  summary: ({ actor, subject, newValue }) => `${actor} changed the status of ${subject} to ${newValue('status')}`,
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['open', 'pending'] } },
}) {}

export class ConversationResolved extends defineEvent<ConversationChangeEventData>('conversation.resolved', {
  description: 'A conversation was resolved.',
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['open', 'resolved'] } },
}) {}

export class ConversationReopened extends defineEvent<ConversationChangeEventData>('conversation.reopened', {
  description: 'A resolved or closed conversation was reopened.',
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['resolved', 'open'] } },
}) {}

export class ConversationClosed extends defineEvent<ConversationChangeEventData>('conversation.closed', {
  description: 'A conversation was closed. New messages are rejected until it is reopened.',
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['resolved', 'closed'] } },
}) {}

export class ConversationSnoozed extends defineEvent<ConversationChangeEventData>('conversation.snoozed', {
  description: 'A conversation was snoozed until a time or until the contact replies.',
  summary: ({ actor, subject, changed, newValue }) =>
    `${actor} snoozed ${subject}${changed.snoozed_until?.[1] ? ` until ${newValue('snoozed_until')}` : ''}`,
}) {}

export class ConversationUnsnoozed extends defineEvent<ConversationChangeEventData>('conversation.unsnoozed', {
  description: 'A snoozed conversation was unsnoozed.',
}) {}

export class ConversationPriorityChanged extends defineEvent<ConversationChangeEventData>(
  'conversation.priority_changed',
  {
    description: 'The priority of a conversation changed.',
    summary: ({ actor, subject, newValue }) => `${actor} changed the priority of ${subject} to ${newValue('priority')}`,
    example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { priority: ['normal', 'urgent'] } },
  },
) {}

export class ConversationTagged extends defineEvent<ConversationChangeEventData>('conversation.tagged', {
  description: 'Tags were added to a conversation. Others may have been removed.',
  summary: ({ actor, subject, added, list }) => `${actor} tagged ${subject}${list(' with ', added('tags'))}`,
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { tags: [[], ['billing']] } },
}) {}

export class ConversationUntagged extends defineEvent<ConversationChangeEventData>('conversation.untagged', {
  description: 'Tags were removed from a conversation.',
  summary: ({ actor, subject, removed, list }) => `${actor} removed tags from ${subject}${list(': ', removed('tags'))}`,
}) {}

/** Data of an event about a conversation. */
export interface ConversationEventData {
  /** Contact of the conversation, whose timeline shows the event. */
  readonly contact_id: string;
}

export class ConversationParticipantAdded extends defineEvent<
  ConversationEventData & { readonly user_id: string; readonly reason: ParticipationReason }
>('conversation.participant_added', {
  description: 'A user was added to the participants of a conversation.',
  summary: ({ actor, subject, target }) => `${actor} added ${target ?? 'a participant'} to ${subject}`,
}) {}

export class ConversationParticipantRemoved extends defineEvent<ConversationEventData & { readonly user_id: string }>(
  'conversation.participant_removed',
  {
    description: 'A user was removed from the participants of a conversation.',
    summary: ({ actor, subject, target }) => `${actor} removed ${target ?? 'a participant'} from ${subject}`,
  },
) {}

/** Data of a merge event. One event is published per conversation. */
export interface ConversationMergeEventData extends ConversationEventData {
  readonly side: 'source' | 'target';
  readonly source_id: string;
  readonly target_id: string;
  /** Number of moved messages. */
  readonly messages: number;
  /** Changed fields of the conversation that is the subject. */
  readonly changed: Changed;
}

export class ConversationMerged extends defineEvent<ConversationMergeEventData>('conversation.merged', {
  description: 'A conversation was merged into another. Published for both.',
}) {}

export class ConversationUnmerged extends defineEvent<ConversationMergeEventData>('conversation.unmerged', {
  description: 'A merge of two conversations was undone. Published for both.',
}) {}

export class ConversationSplit extends defineEvent<
  ConversationEventData & { readonly into_id: string; readonly messages: number }
>('conversation.split', {
  description: 'The last messages of a conversation were moved to a new conversation.',
  summary: ({ actor, subject }) => `${actor} split ${subject}`,
}) {}

/** Data of a read event. */
export interface ConversationReadEventData extends ConversationEventData {
  readonly reader: 'user' | 'contact';
  readonly reader_id: string;
  /** Time up to which messages are read, ISO 8601. */
  readonly read_at: string;
}

export class ConversationRead extends defineEvent<ConversationReadEventData>('conversation.read', {
  description: 'A user or the contact read a conversation.',
  summary: ({ actor, subject }) => `${actor} read ${subject}`,
}) {}

export class ConversationUnread extends defineEvent<ConversationReadEventData>('conversation.unread', {
  description: 'A user or the contact marked a conversation as unread.',
  summary: ({ actor, subject }) => `${actor} marked ${subject} as unread`,
}) {}

/** Reason for which a user became a participant. */
export type ParticipationReason = 'added' | 'assigned' | 'replied' | 'noted' | 'mentioned' | 'merged';

/** All events whose subject is a conversation. */
export const CONVERSATION_EVENTS = [
  ConversationCreated,
  ConversationUpdated,
  ConversationAssigned,
  ConversationUnassigned,
  ConversationTeamAssigned,
  ConversationStatusChanged,
  ConversationResolved,
  ConversationReopened,
  ConversationClosed,
  ConversationSnoozed,
  ConversationUnsnoozed,
  ConversationPriorityChanged,
  ConversationTagged,
  ConversationUntagged,
] as const;

export class ConversationBulkUpdateUndone extends defineEvent<{
  readonly undo_id: string;
  readonly conversation_count: number;
}>('conversation_bulk_update.undone', {
  description:
    'The undo of a bulk update of conversations was started. Restored conversations publish `conversation.updated` ' +
    'or a more specific event.',
  summary: ({ actor }) => `${actor} undid a bulk update of conversations`,
}) {}
