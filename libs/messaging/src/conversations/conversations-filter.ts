import type { TimeRange } from '@parley/kernel/pagination';

/** Which conversations to list; every condition given must hold. */
export interface ConversationsFilter extends TimeRange {
  readonly status?: readonly string[];
  readonly priority?: readonly string[];
  readonly channel?: readonly string[];
  /** Ids; `null` among them stands for nobody. */
  readonly assignees?: readonly (string | null)[];
  readonly teams?: readonly (string | null)[];
  /** A user whose teams count as named, too. */
  readonly teamsOfUserId?: string;
  readonly inboxes?: readonly (string | null)[];
  /** Users of whom any follows it. */
  readonly participants?: readonly string[];
  readonly contacts?: readonly string[];
  /** Your own id of it. */
  readonly externalId?: string;
  /** Any of these. */
  readonly tags?: readonly string[];
  readonly unread?: boolean;
  /** The customer waits for a first or further answer. */
  readonly unattended?: boolean;
  /** Words of the subject or of messages, or the number: `#42`. */
  readonly q?: string;
  readonly activeAfter?: string;
  readonly activeBefore?: string;
}

/** What conversations can be ordered by. `waiting_since` lists only those whose customer waits. */
export const CONVERSATION_ORDERS = [
  'last_activity_at',
  'created_at',
  'updated_at',
  'priority',
  'waiting_since',
] as const;
export type ConversationOrder = (typeof CONVERSATION_ORDERS)[number];
