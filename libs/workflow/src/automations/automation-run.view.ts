import type { Changed } from '@parley/kernel/events';
import type { ConditionExplanation } from '@parley/kernel/filter';

/** How one action of a run came out. */
export interface ActionResult {
  readonly type: string;
  /** `unchanged`: there was nothing left to do. `left_out`: an action before it failed, and the rule stops on errors. */
  readonly outcome: 'done' | 'unchanged' | 'failed' | 'left_out';
  readonly error: string | null;
  /** What it set off: names of events with what changed. */
  readonly events: readonly { readonly type: string; readonly subject_id: string; readonly changed: Changed | null }[];
}

/** How a run came out. */
export const RUN_OUTCOMES = ['succeeded', 'partly_failed', 'failed', 'loop_stopped'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** The record of a rule that matched. */
export interface AutomationRunView {
  readonly id: string;
  readonly automationId: string;
  readonly automationVersion: number;
  readonly conversationId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly outcome: RunOutcome;
  /** Which condition held with which value. */
  readonly conditions: readonly ConditionExplanation[];
  readonly actions: readonly ActionResult[];
  readonly durationMs: number;
  readonly depth: number;
  readonly createdAt: string;
}

/** The outcome of a run by those of its actions. */
export function computeRunOutcome(results: readonly ActionResult[]): RunOutcome {
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  if (failed === 0) return 'succeeded';
  return results.some(({ outcome }) => outcome === 'done' || outcome === 'unchanged') ? 'partly_failed' : 'failed';
}
