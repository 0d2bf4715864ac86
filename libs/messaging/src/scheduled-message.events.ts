import { defineEvent, type Changed } from '@parley/kernel/events';
import type { ConversationEventData } from './messaging.events.js';

/** Data of changes of a scheduled message. */
export interface ScheduledMessageEventData extends ConversationEventData {
  readonly conversation_id: string;
  readonly type: string;
  readonly status: string;
  readonly send_at: string | null;
}

export class ScheduledMessageCreated extends defineEvent<ScheduledMessageEventData>('scheduled_message.created', {
  description: 'A message was scheduled, or saved as a draft.',
  fields: ['conversation_id', 'type', 'status', 'send_at', 'contact_id'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} scheduled a message in ${subject}`,
}) {}

export class ScheduledMessageUpdated extends defineEvent<ScheduledMessageEventData & { readonly changed: Changed }>(
  'scheduled_message.updated',
  {
    description: 'A scheduled message was changed.',
    fields: ['conversation_id', 'type', 'status', 'send_at', 'contact_id', 'changed'],
    orderedBy: 'conversation_id',
    summary: ({ actor, subject }) => `${actor} changed a scheduled message in ${subject}`,
  },
) {}

export class ScheduledMessageDeleted extends defineEvent<ScheduledMessageEventData>('scheduled_message.deleted', {
  description: 'A scheduled message was deleted before it was sent.',
  fields: ['conversation_id', 'type', 'status', 'send_at', 'contact_id'],
  orderedBy: 'conversation_id',
  summary: ({ actor, subject }) => `${actor} deleted a scheduled message in ${subject}`,
}) {}

export class ScheduledMessageSent extends defineEvent<
  ConversationEventData & { readonly conversation_id: string; readonly message_id: string }
>('scheduled_message.sent', {
  description: 'A scheduled message was sent.',
  fields: ['contact_id', 'conversation_id', 'message_id'],
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
  fields: ['contact_id', 'conversation_id', 'author_id', 'error'],
  orderedBy: 'conversation_id',
  summary: ({ subject }) => `A scheduled message could not be sent in ${subject}`,
}) {}
