import type { ConversationPatch, ConversationState, ConversationStatus } from './conversation.view.js';

/** Who moves a conversation: the people and programs that work on it, or the customer by writing. */
export type Initiator = 'team' | 'customer';

/** What leads where, and who may go there. The one table of statuses; everything else asks it. */
const TRANSITIONS: Readonly<Record<ConversationStatus, Partial<Record<ConversationStatus, readonly Initiator[]>>>> = {
  open: { pending: ['team'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  pending: { open: ['team', 'customer'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  snoozed: { open: ['team', 'customer'], pending: ['team'], resolved: ['team'], closed: ['team'] },
  resolved: { open: ['team', 'customer'], closed: ['team'] },
  closed: { open: ['team'] },
};

/** Where a conversation can go from here. */
export function allowedStatuses(from: ConversationStatus, initiator: Initiator): ConversationStatus[] {
  return (Object.keys(TRANSITIONS[from]) as ConversationStatus[]).filter((to) =>
    TRANSITIONS[from][to]!.includes(initiator),
  );
}

/** Nobody waits, and nothing is to be read, in what is done with. */
const CLEARED_FIELDS = { waitingSince: null, unreadCount: 0 } as const;

/** The answer to a wish for another status: what changes with it, or where one could go instead. */
export type Transition = { readonly patch: ConversationPatch } | { readonly refused: readonly ConversationStatus[] };

/**
 * Decides a change of status. Going where the conversation is already changes nothing, except that a snoozed one takes
 * the new time. Everything that follows from the status is part of the patch.
 */
export function transition(
  state: ConversationState,
  to: ConversationStatus,
  initiator: Initiator,
  now: string,
  snoozedUntil: string | null = null,
): Transition {
  if (state.status === to) return { patch: to === 'snoozed' ? { snoozedUntil } : {} };
  const allowed = allowedStatuses(state.status, initiator);
  if (!allowed.includes(to)) return { refused: allowed };
  const isReopening = to === 'open' && (state.status === 'resolved' || state.status === 'closed');
  return {
    patch: {
      status: to,
      statusChangedAt: now,
      ...(to === 'snoozed' && { snoozedUntil }),
      ...(state.status === 'snoozed' && { snoozedUntil: null }),
      ...(to === 'resolved' && { resolvedAt: now, ...CLEARED_FIELDS }),
      ...(to === 'closed' && {
        closedAt: now,
        ...CLEARED_FIELDS,
        ...(state.resolvedAt === null && { resolvedAt: now }),
      }),
      ...(isReopening && { resolvedAt: null, closedAt: null, reopenCount: state.reopenCount + 1 }),
    },
  };
}
