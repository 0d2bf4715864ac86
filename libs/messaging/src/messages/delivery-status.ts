import type { MessageStatus } from './message.view.js';

/** Statuses that a channel can report for a message. */
export const REPORTED_STATUSES = ['delivered', 'read', 'failed'] as const;
export type ReportedStatus = (typeof REPORTED_STATUSES)[number];

const RANK: Readonly<Record<Exclude<MessageStatus, 'failed'>, number>> = { sent: 0, delivered: 1, read: 2 };

/** Statuses that can follow the given status. */
export function allowedReports(from: MessageStatus): ReportedStatus[] {
  if (from === 'failed') return [];
  return REPORTED_STATUSES.filter((to) => (to === 'failed' ? from === 'sent' : RANK[to] > RANK[from]));
}

/**
 * Evaluates a status report. Reports arrive repeatedly and out of order, so a report that is older than the current
 * status is `ignored`. A failure is final, and a delivered message cannot fail: such a report is `rejected`.
 */
export function evaluateReport(from: MessageStatus, to: ReportedStatus): 'applied' | 'ignored' | 'rejected' {
  if (from === to) return 'ignored';
  if (allowedReports(from).includes(to)) return 'applied';
  return from === 'failed' || to === 'failed' ? 'rejected' : 'ignored';
}
