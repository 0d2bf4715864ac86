import type { ConversationPatch, ConversationState, ConversationStatus } from './conversation.view.js';

/** Who moves a conversation: the people and programs that work on it, or the customer by writing. */
export type Mover = 'team' | 'customer';

/** What leads where, and who may go there. The one table of statuses; everything else asks it. */
const TRANSITIONS: Readonly<Record<ConversationStatus, Partial<Record<ConversationStatus, readonly Mover[]>>>> = {
  open: { pending: ['team'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  pending: { open: ['team', 'customer'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  snoozed: { open: ['team', 'customer'], pending: ['team'], resolved: ['team'], closed: ['team'] },
  resolved: { open: ['team', 'customer'], closed: ['team'] },
  closed: { open: ['team'] },
};

/** Where a conversation can go from here. */
export function allowedStatuses(from: ConversationStatus, mover: Mover): ConversationStatus[] {
  return (Object.keys(TRANSITIONS[from]) as ConversationStatus[]).filter((to) =>
    TRANSITIONS[from][to]!.includes(mover),
  );
}

/** Nobody waits, and nothing is to be read, in what is done with. */
const NOTHING_LEFT = { waitingSince: null, unreadCount: 0 } as const;

/** The answer to a wish for another status: what changes with it, or where one could go instead. */
export type Transition = { readonly patch: ConversationPatch } | { readonly refused: readonly ConversationStatus[] };

/**
 * Decides a change of status. Going where the conversation is already changes nothing, except that a snoozed one takes
 * the new time. Everything that follows from the status is part of the patch.
 */
export function transition(
  state: ConversationState,
  to: ConversationStatus,
  mover: Mover,
  now: string,
  snoozedUntil: string | null = null,
): Transition {
  if (state.status === to) return { patch: to === 'snoozed' ? { snoozedUntil } : {} };
  const allowed = allowedStatuses(state.status, mover);
  if (!allowed.includes(to)) return { refused: allowed };
  const reopens = to === 'open' && (state.status === 'resolved' || state.status === 'closed');
  return {
    patch: {
      status: to,
      statusChangedAt: now,
      ...(to === 'snoozed' && { snoozedUntil }),
      ...(state.status === 'snoozed' && { snoozedUntil: null }),
      ...(to === 'resolved' && { resolvedAt: now, ...NOTHING_LEFT }),
      ...(to === 'closed' && { closedAt: now, ...NOTHING_LEFT, ...(state.resolvedAt === null && { resolvedAt: now }) }),
      ...(reopens && { resolvedAt: null, closedAt: null, reopenCount: state.reopenCount + 1 }),
    },
  };
}
