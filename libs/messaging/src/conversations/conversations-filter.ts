import type { TimeRange } from '@parley/kernel/pagination';

/** Filter of a conversation list. All given conditions must match. */
export interface ConversationsFilter extends TimeRange {
  readonly status?: readonly string[];
  readonly priority?: readonly string[];
  readonly channel?: readonly string[];
  /** User ids; `null` matches unassigned conversations. */
  readonly assignees?: readonly (string | null)[];
  readonly teams?: readonly (string | null)[];
  /** User whose teams are added to `teams`. */
  readonly teamsOfUserId?: string;
  readonly inboxes?: readonly (string | null)[];
  /** Users; matches conversations that at least one of them follows. */
  readonly participants?: readonly string[];
  readonly contacts?: readonly string[];
  /** ID in an external system. */
  readonly externalId?: string;
  /** Matches conversations with at least one of the tags. */
  readonly tags?: readonly string[];
  readonly unread?: boolean;
  /** True matches conversations whose customer waits for a reply. */
  readonly unattended?: boolean;
  /** Text to find in the subject or messages, or a number such as `#42`. */
  readonly q?: string;
  readonly activeAfter?: string;
  readonly activeBefore?: string;
}

/** Sort orders. `waiting_since` lists only conversations whose customer waits. */
export const CONVERSATION_ORDERS = [
  'last_activity_at',
  'created_at',
  'updated_at',
  'priority',
  'waiting_since',
] as const;
export type ConversationOrder = (typeof CONVERSATION_ORDERS)[number];
