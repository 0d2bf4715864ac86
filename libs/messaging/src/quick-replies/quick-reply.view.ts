/** A reply that the composer offers at one press. */
export interface QuickReplyView {
  readonly id: string;
  readonly title: string;
  /** Liquid. */
  readonly body: string;
  /** Offered in this inbox only; null is everywhere. */
  readonly inboxId: string | null;
  /** Place among the others, from 0. */
  readonly position: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What can be set about a quick reply. */
export type QuickReplyInput = Pick<QuickReplyView, 'title' | 'body' | 'inboxId' | 'position'>;

/** A quick reply as it is offered: filled in, where a conversation was named. */
export interface RenderedQuickReply extends QuickReplyView {
  readonly rendered: string | null;
}
