import { defineEvent, type Changed } from '@parley/kernel/events';
import type { ConversationChangeEventData, ConversationEventData } from './messaging.events.js';

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

export class MessageCreated extends defineEvent<MessageEventData>('message.created', {
  description: 'A message from or to a contact was created.',
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
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} updated a message in ${subject}`,
}) {}

export class MessageDeleted extends defineEvent<MessageEventData & ConversationChangeEventData>('message.deleted', {
  description: 'A message was deleted. `changed.body` contains its text.',
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a message in ${subject}`,
}) {}

/** Data of a delivery event: `changed.status`, and the error of a failure. */
export interface MessageDeliveryEventData extends MessageEventData, ConversationChangeEventData {
  readonly error: string | null;
}

export class MessageDelivered extends defineEvent<MessageDeliveryEventData>('message.delivered', {
  description: 'A reply was delivered to the contact.',
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A reply was delivered in ${subject}`,
}) {}

export class MessageRead extends defineEvent<MessageDeliveryEventData>('message.read', {
  description: 'The contact read a reply.',
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `The contact read a reply in ${subject}`,
}) {}

export class MessageFailed extends defineEvent<MessageDeliveryEventData>('message.failed', {
  description: 'A reply could not be delivered.',
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A reply could not be delivered in ${subject}`,
}) {}

/** Users mentioned in a note; for an update, the newly mentioned ones. */
export interface MentionEventData {
  readonly mentions: readonly string[];
}

export class NoteCreated extends defineEvent<MessageEventData & MentionEventData>('note.created', {
  description: 'An internal note was created.',
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} created a note in ${subject}`,
}) {}

export class NoteUpdated extends defineEvent<MessageEventData & MentionEventData & ConversationChangeEventData>(
  'note.updated',
  {
    description: 'An internal note was updated.',
    orderedBy: 'conversation_id',
    summary: ({ actor, subject }) => `${actor} updated a note in ${subject}`,
  },
) {}

export class NoteDeleted extends defineEvent<MessageEventData & ConversationChangeEventData>('note.deleted', {
  description: 'An internal note was deleted. `changed.body` contains its text.',
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a note in ${subject}`,
}) {}

/** Data of changes of a scheduled message. */
export interface ScheduledMessageEventData extends ConversationEventData {
  readonly conversation_id: string;
  readonly type: string;
  readonly status: string;
  readonly send_at: string | null;
}

export class ScheduledMessageCreated extends defineEvent<ScheduledMessageEventData>('scheduled_message.created', {
  description: 'A message was scheduled, or saved as a draft.',
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} scheduled a message in ${subject}`,
}) {}

export class ScheduledMessageUpdated extends defineEvent<ScheduledMessageEventData & { readonly changed: Changed }>(
  'scheduled_message.updated',
  {
    description: 'A scheduled message was changed.',
    orderedBy: 'conversation_id',
    summary: ({ actor, subject }) => `${actor} changed a scheduled message in ${subject}`,
  },
) {}

export class ScheduledMessageDeleted extends defineEvent<ScheduledMessageEventData>('scheduled_message.deleted', {
  description: 'A scheduled message was deleted before it was sent.',
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a scheduled message in ${subject}`,
}) {}

export class ScheduledMessageSent extends defineEvent<
  ConversationEventData & { readonly conversation_id: string; readonly message_id: string }
>('scheduled_message.sent', {
  description: 'A scheduled message was sent.',
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A scheduled message was sent in ${subject}`,
}) {}

export class ScheduledMessageFailed extends defineEvent<
  ConversationEventData & {
    readonly conversation_id: string;
    readonly author_id: string | null;
    readonly error: string;
  }
>('scheduled_message.failed', {
  description: 'A scheduled message could not be sent.',
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A scheduled message could not be sent in ${subject}`,
}) {}
