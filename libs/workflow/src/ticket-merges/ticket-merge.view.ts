import type { TicketState } from '../tickets/ticket.view.js';

/** What a merge changed, to undo it. */
export interface TicketMergeReceipt {
  /** State of the source before the merge. */
  readonly source: Pick<
    TicketState,
    'status' | 'customStatusId' | 'statusChangedAt' | 'resolvedAt' | 'closedAt' | 'reopenCount'
  >;
  /** Tags that the target got from the source. */
  readonly addedTags: readonly string[];
  /** Conversation of the source, if it was merged as well. */
  readonly mergedConversationId: string | null;
}

/** Merge of a ticket into another that is not undone. */
export interface TicketMerge {
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly receipt: TicketMergeReceipt;
}
