import type { TicketPatch, TicketState, TicketStatus } from './ticket.view.js';

/** Statuses that each status can change to. */
const TRANSITIONS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ['pending', 'resolved', 'closed'],
  pending: ['open', 'resolved', 'closed'],
  resolved: ['open', 'pending', 'closed'],
  closed: ['open'],
};

/** Result of a transition: the patch, or the allowed statuses if the requested one is not allowed. */
export type TicketTransition = { readonly patch: TicketPatch } | { readonly allowed: readonly TicketStatus[] };

/** Returns true for the statuses of tickets that are done. */
export function isDone(status: TicketStatus): boolean {
  return status === 'resolved' || status === 'closed';
}

/** Computes a change of status with all fields that follow from it. The current status changes nothing. */
export function transitionTicket(
  state: Pick<TicketState, 'status' | 'resolvedAt' | 'reopenCount'>,
  to: TicketStatus,
  now: string,
): TicketTransition {
  if (state.status === to) return { patch: {} };
  const allowed = TRANSITIONS[state.status];
  if (!allowed.includes(to)) return { allowed };
  const isReopening = isDone(state.status) && !isDone(to);
  return {
    patch: {
      status: to,
      statusChangedAt: now,
      // A custom status belongs to one status.
      customStatusId: null,
      ...(to === 'resolved' && { resolvedAt: now }),
      ...(to === 'closed' && { closedAt: now, ...(state.resolvedAt === null && { resolvedAt: now }) }),
      ...(isReopening && { resolvedAt: null, closedAt: null, reopenCount: state.reopenCount + 1 }),
    },
  };
}
