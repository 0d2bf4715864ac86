import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';
import type { TemplateContentType } from '../templates/templates.js';

/** Where a scheduled message stands. */
export const SCHEDULED_MESSAGE_STATUSES = ['draft', 'pending', 'sent', 'failed'] as const;
export type ScheduledMessageStatus = (typeof SCHEDULED_MESSAGE_STATUSES)[number];

/** What can be set about a scheduled message. */
export interface ScheduledMessageInput {
  readonly type: 'reply' | 'note';
  /** Liquid; rendered when it is sent. */
  readonly body: string;
  readonly contentType: TemplateContentType;
  readonly attachmentIds: readonly string[];
  readonly sendAt: string | null;
  /** A draft waits for nothing, what is pending for its time. */
  readonly status: 'draft' | 'pending';
}

/** Something that is to be said later. */
export interface ScheduledMessageView extends Omit<ScheduledMessageInput, 'status'> {
  readonly id: string;
  readonly conversationId: string;
  /** Whose conversation it is. */
  readonly contactId: string;
  /** In whose name it is said. */
  readonly author: Actor;
  readonly status: ScheduledMessageStatus;
  /** Why it could not be said. */
  readonly error: string | null;
  /** What it has become. */
  readonly messageId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Which scheduled messages to list. */
export interface ScheduledMessagesFilter extends TimeRange {
  readonly conversationId?: string;
  readonly status?: readonly string[];
  /** Ids of users. */
  readonly authors?: readonly string[];
}
