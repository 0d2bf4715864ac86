import type { FilterNode } from '@parley/kernel/filter';

/** How often a rule runs for one conversation. */
export const RUN_POLICIES = ['always', 'once', 'once_per_status', 'cooldown'] as const;
export type RunPolicy = (typeof RUN_POLICIES)[number];

/** Something a rule does, as it was given: `type` and what belongs to it. */
export interface Action {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

/** When something happens, and a condition holds, do this. */
export interface Rule {
  readonly name: string;
  /** Any of these sets it off. */
  readonly events: readonly string[];
  readonly filter: FilterNode;
  /** In order. */
  readonly actions: readonly Action[];
  readonly runPolicy: RunPolicy;
  /** With the policy `cooldown` only. */
  readonly cooldownSeconds: number | null;
  /** Whether rules after this one are left out once it has matched. */
  readonly stopAfterMatch: boolean;
  /** Whether a failing action keeps those after it from being tried. */
  readonly stopOnError: boolean;
}

/** A rule as it is kept. */
export interface AutomationView extends Rule {
  readonly id: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** Rules run in the order of their places. */
  readonly position: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
