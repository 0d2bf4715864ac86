import type { MessageStatus } from './message.view.js';

/** What a channel can report of a message. */
export const REPORTED_STATUSES = ['delivered', 'read', 'failed'] as const;
export type ReportedStatus = (typeof REPORTED_STATUSES)[number];

const RANK: Readonly<Record<Exclude<MessageStatus, 'failed'>, number>> = { sent: 0, delivered: 1, read: 2 };

/** Where a message can go from here. */
export function allowedReports(from: MessageStatus): ReportedStatus[] {
  if (from === 'failed') return [];
  return REPORTED_STATUSES.filter((to) => (to === 'failed' ? from === 'sent' : RANK[to] > RANK[from]));
}

/**
 * Weighs a report. Reports arrive twice and out of order, so an older one than is known already changes nothing (`stays`); a failure is final, and
 * cannot befall what has arrived (`refused`).
 */
export function evaluateReport(from: MessageStatus, to: ReportedStatus): 'moves' | 'stays' | 'refused' {
  if (from === to) return 'stays';
  if (allowedReports(from).includes(to)) return 'moves';
  return from === 'failed' || to === 'failed' ? 'refused' : 'stays';
}
