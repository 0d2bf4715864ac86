import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';
import type { TemplateContentType } from '../templates/templates.js';

/** Statuses of a scheduled message. */
export const SCHEDULED_MESSAGE_STATUSES = ['draft', 'pending', 'sent', 'failed'] as const;
export type ScheduledMessageStatus = (typeof SCHEDULED_MESSAGE_STATUSES)[number];

/** Writable fields of a scheduled message. */
export interface ScheduledMessageInput {
  readonly type: 'reply' | 'note';
  /** Liquid template; rendered when the message is sent. */
  readonly body: string;
  readonly contentType: TemplateContentType;
  readonly attachmentIds: readonly string[];
  readonly sendAt: string | null;
  /** A draft is not sent; a pending message is sent at `sendAt`. */
  readonly status: 'draft' | 'pending';
}

/** Message to be sent later. */
export interface ScheduledMessageView extends Omit<ScheduledMessageInput, 'status'> {
  readonly id: string;
  readonly conversationId: string;
  /** Contact of the conversation. */
  readonly contactId: string;
  /** Author of the message. */
  readonly author: Actor;
  readonly status: ScheduledMessageStatus;
  /** Reason why it could not be sent. */
  readonly error: string | null;
  /** Message that was created when it was sent. */
  readonly messageId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Filter of the list of scheduled messages. */
export interface ScheduledMessagesFilter extends TimeRange {
  readonly conversationId?: string;
  readonly status?: readonly string[];
  /** Ids of users. */
  readonly authors?: readonly string[];
}
