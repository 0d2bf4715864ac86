import type { SubjectRef } from '@parley/kernel/automation';
import type { Changed } from '@parley/kernel/events';
import type { ConditionExplanation } from '@parley/kernel/filter';

/** Result of one action of a run. */
export interface ActionResult {
  readonly type: string;
  /** `unchanged`: the action had no effect. `skipped`: an earlier action failed and the rule stops on errors. */
  readonly outcome: 'done' | 'unchanged' | 'failed' | 'skipped';
  readonly error: string | null;
  /** The start of the texts that templates resulted in, by parameter. Null without templates; absent in old records. */
  readonly rendered?: Readonly<Record<string, string>> | null;
  /** Events that the action caused, with their changes. */
  readonly events: readonly { readonly type: string; readonly subject_id: string; readonly changed: Changed | null }[];
}

/** Outcomes of a run. */
export const RUN_OUTCOMES = ['succeeded', 'partly_failed', 'failed', 'loop_stopped'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** Record of a rule that matched. */
export interface AutomationRunView {
  readonly id: string;
  readonly automationId: string;
  readonly automationVersion: number;
  readonly subject: SubjectRef;
  readonly eventId: string;
  readonly eventType: string;
  readonly outcome: RunOutcome;
  /** Result and actual value of each condition. */
  readonly conditions: readonly ConditionExplanation[];
  readonly actions: readonly ActionResult[];
  readonly durationMs: number;
  readonly depth: number;
  readonly createdAt: string;
}

/** Computes the outcome of a run from its action results. */
export function computeRunOutcome(results: readonly ActionResult[]): RunOutcome {
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  if (failed === 0) return 'succeeded';
  return results.some(({ outcome }) => outcome === 'done' || outcome === 'unchanged') ? 'partly_failed' : 'failed';
}
