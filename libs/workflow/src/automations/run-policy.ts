import type { Rule } from './automation.view.js';

/**
 * Why a rule is not to run again for a conversation yet, or null when it may.
 * @param lastRunAt when it last ran for this conversation; null for never
 */
export function runPolicySkipReason(
  rule: Pick<Rule, 'runPolicy' | 'cooldownSeconds'>,
  lastRunAt: string | null,
  statusChangedAt: string,
  now: Date,
): string | null {
  if (lastRunAt === null || rule.runPolicy === 'always') return null;
  if (rule.runPolicy === 'once') return 'It runs once for a conversation, and has.';
  if (rule.runPolicy === 'once_per_status') {
    return Date.parse(lastRunAt) > Date.parse(statusChangedAt)
      ? 'It runs once for each status, and has since the status last changed.'
      : null;
  }
  const nextRunAt = Date.parse(lastRunAt) + (rule.cooldownSeconds ?? 0) * 1000;
  return now.getTime() < nextRunAt ? `It cools down until ${new Date(nextRunAt).toISOString()}.` : null;
}
