import type { FilterNode } from '@parley/kernel/filter';

/** Run policies: how often a rule runs for one conversation. */
export const RUN_POLICIES = ['always', 'once', 'once_per_status', 'cooldown'] as const;
export type RunPolicy = (typeof RUN_POLICIES)[number];

/** Action of a rule: its type and parameters. */
export interface Action {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

/** Automation rule: runs actions when an event occurs and the filter matches. */
export interface Rule {
  readonly name: string;
  /** Event types that trigger the rule. */
  readonly events: readonly string[];
  readonly filter: FilterNode;
  /** Run in order. */
  readonly actions: readonly Action[];
  readonly runPolicy: RunPolicy;
  /** Only with the policy `cooldown`. */
  readonly cooldownSeconds: number | null;
  /** If true, later rules do not run once this one has matched. */
  readonly stopAfterMatch: boolean;
  /** If true, the actions after a failed one are skipped. */
  readonly stopOnError: boolean;
}

/** Stored rule. */
export interface AutomationView extends Rule {
  readonly id: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** Time at which the rule was last enabled; earlier events do not trigger it. */
  readonly enabledAt: string;
  /** Rules run in ascending order of position. */
  readonly position: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
