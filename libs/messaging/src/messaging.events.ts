import type { BulkUpdateEventData } from '@parley/kernel/bulk';
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
  fields: [
    'number',
    'channel',
    'contact_id',
    'inbox_id',
    'team_id',
    'assignee_id',
    'status',
    'priority',
    'tags',
    'message_id',
    'split_from',
  ],
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
  fields: ['contact_id', 'changed'],
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { priority: ['normal', 'high'], tags: [[], ['billing']] },
  },
}) {}

export class ConversationAssigned extends defineEvent<ConversationChangeEventData>('conversation.assigned', {
  description: 'A conversation was assigned to a user.',
  fields: ['contact_id', 'changed'],
  summary: ({ actor, subject, target }) => `${actor} assigned ${subject}${target === null ? '' : ` to ${target}`}`,
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { assignee_id: [null, '0192f7c4-8a00-7000-8000-0000000000b1'] },
  },
}) {}

export class ConversationUnassigned extends defineEvent<ConversationChangeEventData>('conversation.unassigned', {
  description: 'The assignee of a conversation was removed.',
  fields: ['contact_id', 'changed'],
  example: {
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    changed: { assignee_id: ['0192f7c4-8a00-7000-8000-0000000000b1', null] },
  },
}) {}

export class ConversationTeamAssigned extends defineEvent<ConversationChangeEventData>('conversation.team_assigned', {
  description: 'The team of a conversation changed or was removed.',
  fields: ['contact_id', 'changed'],
  summary: ({ actor, subject, target, changed }) =>
    changed.team_id?.[1] === null
      ? `${actor} removed the team of ${subject}`
      : `${actor} assigned ${subject} to ${target === null ? 'a team' : `team ${target}`}`,
}) {}

export class ConversationStatusChanged extends defineEvent<ConversationChangeEventData>('conversation.status_changed', {
  description:
    'The status of a conversation changed. Changes with an event type of their own, such as ' +
    '`conversation.resolved`, have this type as an alias.',
  fields: ['contact_id', 'changed'],
  summary: ({ actor, subject, newValue }) => `${actor} changed the status of ${subject} to ${newValue('status')}`,
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['open', 'pending'] } },
}) {}

export class ConversationResolved extends defineEvent<ConversationChangeEventData>('conversation.resolved', {
  description: 'A conversation was resolved.',
  fields: ['contact_id', 'changed'],
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['open', 'resolved'] } },
}) {}

export class ConversationReopened extends defineEvent<ConversationChangeEventData>('conversation.reopened', {
  description: 'A resolved or closed conversation was reopened.',
  fields: ['contact_id', 'changed'],
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['resolved', 'open'] } },
}) {}

export class ConversationClosed extends defineEvent<ConversationChangeEventData>('conversation.closed', {
  description: 'A conversation was closed. New messages are rejected until it is reopened.',
  fields: ['contact_id', 'changed'],
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { status: ['resolved', 'closed'] } },
}) {}

export class ConversationSnoozed extends defineEvent<ConversationChangeEventData>('conversation.snoozed', {
  description: 'A conversation was snoozed until a time or until the contact replies.',
  fields: ['contact_id', 'changed'],
  summary: ({ actor, subject, changed, newValue }) =>
    `${actor} snoozed ${subject}${changed.snoozed_until?.[1] ? ` until ${newValue('snoozed_until')}` : ''}`,
}) {}

export class ConversationUnsnoozed extends defineEvent<ConversationChangeEventData>('conversation.unsnoozed', {
  description: 'A snoozed conversation was unsnoozed.',
  fields: ['contact_id', 'changed'],
}) {}

export class ConversationPriorityChanged extends defineEvent<ConversationChangeEventData>(
  'conversation.priority_changed',
  {
    description: 'The priority of a conversation changed.',
    fields: ['contact_id', 'changed'],
    summary: ({ actor, subject, newValue }) => `${actor} changed the priority of ${subject} to ${newValue('priority')}`,
    example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { priority: ['normal', 'urgent'] } },
  },
) {}

export class ConversationTagged extends defineEvent<ConversationChangeEventData>('conversation.tagged', {
  description: 'Tags were added to a conversation. Others may have been removed.',
  fields: ['contact_id', 'changed'],
  summary: ({ actor, subject, added, list }) => `${actor} tagged ${subject}${list(' with ', added('tags'))}`,
  example: { contact_id: '0192f7c4-8a00-7000-8000-0000000000c1', changed: { tags: [[], ['billing']] } },
}) {}

export class ConversationUntagged extends defineEvent<ConversationChangeEventData>('conversation.untagged', {
  description: 'Tags were removed from a conversation.',
  fields: ['contact_id', 'changed'],
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
  fields: ['contact_id', 'user_id', 'reason'],
  summary: ({ actor, subject, target }) => `${actor} added ${target ?? 'a participant'} to ${subject}`,
}) {}

export class ConversationParticipantRemoved extends defineEvent<ConversationEventData & { readonly user_id: string }>(
  'conversation.participant_removed',
  {
    description: 'A user was removed from the participants of a conversation.',
    fields: ['contact_id', 'user_id'],
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
  fields: ['side', 'source_id', 'target_id', 'messages', 'changed', 'contact_id'],
}) {}

export class ConversationUnmerged extends defineEvent<ConversationMergeEventData>('conversation.unmerged', {
  description: 'A merge of two conversations was undone. Published for both.',
  fields: ['side', 'source_id', 'target_id', 'messages', 'changed', 'contact_id'],
}) {}

export class ConversationSplit extends defineEvent<
  ConversationEventData & { readonly into_id: string; readonly messages: number }
>('conversation.split', {
  description: 'The last messages of a conversation were moved to a new conversation.',
  fields: ['contact_id', 'into_id', 'messages'],
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
  fields: ['reader', 'reader_id', 'read_at', 'contact_id'],
  summary: ({ actor, subject }) => `${actor} read ${subject}`,
}) {}

export class ConversationUnread extends defineEvent<ConversationReadEventData>('conversation.unread', {
  description: 'A user or the contact marked a conversation as unread.',
  fields: ['reader', 'reader_id', 'read_at', 'contact_id'],
  summary: ({ actor, subject }) => `${actor} marked ${subject} as unread`,
}) {}

/** Reason for which a user became a participant. */
export type ParticipationReason = 'added' | 'assigned' | 'replied' | 'noted' | 'mentioned' | 'merged';

/** Data of a message event. */
export interface MessageEventData {
  readonly conversation_id: string;
  /** Contact of the conversation, whose timeline shows the event. */
  readonly contact_id?: string;
  readonly type: string;
  readonly author_type: string;
  readonly author_id: string | null;
  /** Set on `message.created` for the first message of a conversation. */
  readonly is_first_message?: true;
}

const MESSAGE_FIELDS = [
  'conversation_id',
  'contact_id',
  'type',
  'author_type',
  'author_id',
  'is_first_message',
] as const;

export class MessageCreated extends defineEvent<MessageEventData>('message.created', {
  description: 'A message from or to a contact was created.',
  fields: MESSAGE_FIELDS,
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} created a message in ${subject}`,
  example: {
    conversation_id: '0192f7c4-8a00-7000-8000-0000000000d1',
    contact_id: '0192f7c4-8a00-7000-8000-0000000000c1',
    type: 'comment',
    author_type: 'contact',
    author_id: '0192f7c4-8a00-7000-8000-0000000000c1',
  },
}) {}

export class MessageUpdated extends defineEvent<MessageEventData & ConversationChangeEventData>('message.updated', {
  description: 'A message was updated.',
  fields: [...MESSAGE_FIELDS, 'changed'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} updated a message in ${subject}`,
}) {}

export class MessageDeleted extends defineEvent<MessageEventData & ConversationChangeEventData>('message.deleted', {
  description: 'A message was deleted. `changed.body` contains its text.',
  fields: [...MESSAGE_FIELDS, 'changed'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a message in ${subject}`,
}) {}

/** Data of a delivery event: `changed.status`, and the error of a failure. */
export interface MessageDeliveryEventData extends MessageEventData, ConversationChangeEventData {
  readonly error: string | null;
}

export class MessageDelivered extends defineEvent<MessageDeliveryEventData>('message.delivered', {
  description: 'A reply was delivered to the contact.',
  fields: [...MESSAGE_FIELDS, 'changed', 'error'],
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A reply was delivered in ${subject}`,
}) {}

export class MessageRead extends defineEvent<MessageDeliveryEventData>('message.read', {
  description: 'The contact read a reply.',
  fields: [...MESSAGE_FIELDS, 'changed', 'error'],
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `The contact read a reply in ${subject}`,
}) {}

export class MessageFailed extends defineEvent<MessageDeliveryEventData>('message.failed', {
  description: 'A reply could not be delivered.',
  fields: [...MESSAGE_FIELDS, 'changed', 'error'],
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A reply could not be delivered in ${subject}`,
}) {}

/** Users mentioned in a note; for an update, the newly mentioned ones. */
export interface MentionEventData {
  readonly mentions: readonly string[];
}

export class NoteCreated extends defineEvent<MessageEventData & MentionEventData>('note.created', {
  description: 'An internal note was created.',
  fields: [...MESSAGE_FIELDS, 'mentions'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} created a note in ${subject}`,
}) {}

export class NoteUpdated extends defineEvent<MessageEventData & MentionEventData & ConversationChangeEventData>(
  'note.updated',
  {
    description: 'An internal note was updated.',
    fields: [...MESSAGE_FIELDS, 'mentions', 'changed'],
    orderedBy: 'conversation_id',
    summary: ({ actor, subject }) => `${actor} updated a note in ${subject}`,
  },
) {}

export class NoteDeleted extends defineEvent<MessageEventData & ConversationChangeEventData>('note.deleted', {
  description: 'An internal note was deleted. `changed.body` contains its text.',
  fields: [...MESSAGE_FIELDS, 'changed'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a note in ${subject}`,
}) {}

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

export class ConversationBulkUpdateStarted extends defineEvent<
  BulkUpdateEventData & { readonly conversation_count: number }
>('conversation_bulk_update.started', {
  description:
    'A bulk update of conversations was started; each changed conversation has an event of its own. `filter_fields` is ' +
    'empty if only IDs were given. `changed` contains the requested values, with null as the previous value.',
  fields: ['filter_fields', 'changed', 'conversation_count'],
  summary: ({ actor, subject, changedFields }) => `${actor} started ${subject}${changedFields}`,
  example: {
    filter_fields: ['status'],
    changed: { priority: [null, 'low'] },
    conversation_count: 3,
  },
}) {}

export class ConversationBulkUpdateUndone extends defineEvent<{
  readonly undo_id: string;
  readonly conversation_count: number;
}>('conversation_bulk_update.undone', {
  description:
    'The undo of a bulk update of conversations was started. Restored conversations publish `conversation.updated` ' +
    'or a more specific event.',
  fields: ['undo_id', 'conversation_count'],
  summary: ({ actor, subject }) => `${actor} undid ${subject}`,
}) {}
