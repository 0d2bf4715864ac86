/** Who reads. */
export interface Reader {
  readonly kind: 'user' | 'contact';
  readonly id: string;
}

/** How far somebody has read a conversation. */
export interface ReadStateView {
  readonly conversationId: string;
  readonly reader: Reader;
  /** Everything up to then is read; ISO 8601. Null when nothing is. */
  readonly readAt: string | null;
  /** What others have said to them since. */
  readonly unreadCount: number;
}

/** What waits for a user to read it, each up to {@link MAX_COUNTED}. */
export interface UnreadCounts {
  /** Open conversations of theirs. */
  readonly assigned: number;
  /** Open conversations of nobody. */
  readonly unassigned: number;
  /** Notes that mention them. */
  readonly mentions: number;
}

/** Counts stop here. */
export const MAX_COUNTED = 1000;
