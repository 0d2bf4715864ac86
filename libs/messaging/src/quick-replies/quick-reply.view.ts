/** Reply that the composer offers as a button. */
export interface QuickReplyView {
  readonly id: string;
  readonly title: string;
  /** Liquid template. */
  readonly body: string;
  /** Inbox that offers the reply; null for all inboxes. */
  readonly inboxId: string | null;
  /** Sort position, starting at 0. */
  readonly position: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Writable fields of a quick reply. */
export type QuickReplyInput = Pick<QuickReplyView, 'title' | 'body' | 'inboxId' | 'position'>;

/** Quick reply with its variables replaced if a conversation was given. */
export interface RenderedQuickReply extends QuickReplyView {
  readonly rendered: string | null;
}
