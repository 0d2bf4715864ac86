import type { ConversationPatch, ConversationState, ConversationStatus } from './conversation.view.js';

/** Side that changes a status: the team (users and programs), or the customer by writing. */
export type Initiator = 'team' | 'customer';

/** Allowed transitions and the initiators that can make them. All status rules derive from this table. */
const TRANSITIONS: Readonly<Record<ConversationStatus, Partial<Record<ConversationStatus, readonly Initiator[]>>>> = {
  open: { pending: ['team'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  pending: { open: ['team', 'customer'], snoozed: ['team'], resolved: ['team'], closed: ['team'] },
  snoozed: { open: ['team', 'customer'], pending: ['team'], resolved: ['team'], closed: ['team'] },
  resolved: { open: ['team', 'customer'], closed: ['team'] },
  closed: { open: ['team'] },
};

/** Statuses that the initiator can set from the given status. */
export function allowedStatuses(from: ConversationStatus, initiator: Initiator): ConversationStatus[] {
  return (Object.keys(TRANSITIONS[from]) as ConversationStatus[]).filter((to) =>
    TRANSITIONS[from][to]!.includes(initiator),
  );
}

/** Resolved and closed conversations have no waiting customer and no unread messages. */
const CLEARED_FIELDS = { waitingSince: null, unreadCount: 0 } as const;

/** Returns true if a change of status reopens a resolved or closed conversation. */
export function isReopening(from: ConversationStatus, to: ConversationStatus | undefined): boolean {
  return to === 'open' && (from === 'resolved' || from === 'closed');
}

/** Result of a transition: the patch, or the allowed statuses if the requested one is not allowed. */
export type Transition = { readonly patch: ConversationPatch } | { readonly allowed: readonly ConversationStatus[] };

/**
 * Computes a change of status with all fields that follow from it. Setting the current status changes nothing, except
 * that a snoozed conversation takes the new `snoozedUntil`.
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
  if (!allowed.includes(to)) return { allowed };
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
      ...(isReopening(state.status, to) && { resolvedAt: null, closedAt: null, reopenCount: state.reopenCount + 1 }),
    },
  };
}
