import { findActionDefinition } from '@parley/kernel/automation';
import type { Action } from './automation.view.js';

/** Fields of a rule that cycles depend on. */
export interface LinkedRule {
  readonly id: string;
  readonly name: string;
  readonly events: readonly string[];
  readonly actions: readonly Action[];
}

function canTrigger(from: LinkedRule, to: LinkedRule): boolean {
  const effects = from.actions.flatMap(({ type }) => findActionDefinition(type)?.effects ?? []);
  return effects.some(
    (effect) =>
      to.events.includes(effect) || (effect.startsWith('conversation.') && to.events.includes('conversation.updated')),
  );
}

/**
 * Finds the shortest cycle of rules that starts with the given rule, in which each rule can trigger the next; null if
 * there is none. Filters are not evaluated, so a cycle may never occur; the runner prevents loops in any case.
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

/** Returns the warning about rules that trigger each other, or null. */
export function buildCycleWarning(rule: LinkedRule, others: readonly LinkedRule[]): string | null {
  const cycle = findCycleThrough(rule, others);
  if (!cycle) return null;
  if (cycle.length === 1)
    return `"${rule.name}" can trigger itself. It runs at most once per conversation and original request.`;
  const names = [...cycle, rule].map(({ name }) => `"${name}"`).join(' → ');
  return (
    `These rules can trigger each other: ${names}. Each of them runs at most once per conversation ` +
    'and original request.'
  );
}
