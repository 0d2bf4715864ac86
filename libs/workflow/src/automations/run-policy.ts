import type { Rule } from './automation.view.js';

/**
 * Returns the reason why the run policy skips a rule for a conversation, or null if the rule may run.
 * @param lastRunAt time of the last run for this conversation; null if it never ran.
 */
export function runPolicySkipReason(
  rule: Pick<Rule, 'runPolicy' | 'cooldownSeconds'>,
  lastRunAt: string | null,
  statusChangedAt: string,
  now: Date,
): string | null {
  if (lastRunAt === null || rule.runPolicy === 'always') return null;
  if (rule.runPolicy === 'once') return 'The rule runs once per conversation and has already run.';
  if (rule.runPolicy === 'once_per_status') {
    return Date.parse(lastRunAt) > Date.parse(statusChangedAt)
      ? 'The rule runs once per status and has already run since the last change of status.'
      : null;
  }
  const nextRunAt = Date.parse(lastRunAt) + (rule.cooldownSeconds ?? 0) * 1000;
  return now.getTime() < nextRunAt ? `The rule is in cooldown until ${new Date(nextRunAt).toISOString()}.` : null;
}
