import { ACTION_TYPES } from './actions/action-types.js';
import type { Action } from './automation.view.js';

/** A rule as far as cycles go. */
export interface LinkedRule {
  readonly id: string;
  readonly name: string;
  readonly events: readonly string[];
  readonly actions: readonly Action[];
}

function canTrigger(from: LinkedRule, to: LinkedRule): boolean {
  const effects = from.actions.flatMap(({ type }) => ACTION_TYPES[type]?.effects ?? []);
  return effects.some(
    (effect) =>
      to.events.includes(effect) || (effect.startsWith('conversation.') && to.events.includes('conversation.updated')),
  );
}

/**
 * The shortest circle of rules through the given one in which each can set off the next, as ids beginning with it; null
 * when there is none. Filters are not weighed, so a circle may be one in name only; running is guarded in any case.
 */
export function findCycleThrough(rule: LinkedRule, others: readonly LinkedRule[]): readonly LinkedRule[] | null {
  const rules = [rule, ...others.filter(({ id }) => id !== rule.id)];
  const paths: LinkedRule[][] = [[rule]];
  const seen = new Set<string>();
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    const last = path.at(-1)!;
    if (canTrigger(last, rule)) return path;
    for (const next of rules) {
      if (seen.has(next.id) || !canTrigger(last, next)) continue;
      seen.add(next.id);
      paths.push([...path, next]);
    }
  }
  return null;
}

/** The warning about rules that feed themselves, or null. */
export function buildCycleWarning(rule: LinkedRule, others: readonly LinkedRule[]): string | null {
  const cycle = findCycleThrough(rule, others);
  if (!cycle) return null;
  const names = [...cycle, rule].map(({ name }) => `"${name}"`).join(' → ');
  return `These rules can set each other off: ${names}. Each runs at most once for whatever sets the first one off.`;
}
