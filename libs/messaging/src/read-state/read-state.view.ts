/** User or contact who reads. */
export interface Reader {
  readonly kind: 'user' | 'contact';
  readonly id: string;
}

/** Read state of one reader in a conversation. */
export interface ReadStateView {
  readonly conversationId: string;
  readonly reader: Reader;
  /** Time up to which all messages are read; ISO 8601. Null if nothing was read. */
  readonly readAt: string | null;
  /** Number of later messages from others. */
  readonly unreadCount: number;
}

/** Unread counts of a user, each up to {@link MAX_COUNTED}. */
export interface UnreadCounts {
  /** Open and pending conversations assigned to the user. */
  readonly assigned: number;
  /** Open and pending unassigned conversations. */
  readonly unassigned: number;
  /** Notes that mention the user. */
  readonly mentions: number;
}

/** Upper limit of the unread counts. */
export const MAX_COUNTED = 1000;
