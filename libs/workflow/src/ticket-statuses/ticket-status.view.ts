import type { TicketStatus } from '../tickets/ticket.view.js';

/** Maximum number of custom statuses of a workspace. */
export const MAX_TICKET_STATUSES = 50;

/** Custom status of tickets. */
export interface TicketStatusView {
  readonly id: string;
  readonly name: string;
  /** The status that tickets with this custom status have. */
  readonly category: TicketStatus;
  /** Position in lists, starting at 0. */
  readonly position: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
