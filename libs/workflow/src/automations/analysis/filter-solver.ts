import type { ValidNode } from '@parley/kernel/filter';
import { conditionAlternatives } from './condition-atoms.js';
import type { ChangeRelation, Goal } from './goal.js';
import type { Scope } from './variable-scope.js';
import type { Atom, ValueDomain } from './value-domain.js';

/** The work that may be spent on one or several questions. */
export interface Budget {
  steps: number;
}

const MAX_STEPS = 2_000;

/**
 * False if the goals contradict each other. True if all of them can hold, or if that is not known: some conditions, such
 * as patterns, are not understood, and the search ends with the budget.
 */
export function canHold(goals: readonly Goal[], budget: Budget = { steps: MAX_STEPS }): boolean {
  const solve = (
    open: readonly Goal[],
    known: ReadonlyMap<string, ValueDomain>,
    relations: readonly ChangeRelation[],
  ): boolean => {
    budget.steps -= 1;
    if (budget.steps < 0) return true;
    const domains = new Map(known);
    const related = [...relations];
    const pending = [...open];
    const choices: (readonly (readonly Goal[])[])[] = [];
    for (let goal = pending.pop(); goal !== undefined; goal = pending.pop()) {
      if ('relation' in goal) related.push(goal.relation);
      else if ('node' in goal) pending.push(expandNode(goal.node, goal.negated ?? false, goal.scope));
      else if ('atoms' in goal) {
        if (!applyAtoms(goal.atoms, domains)) return false;
      } else if (goal.any.length === 1) pending.push(...goal.any[0]!);
      else if (goal.any.length === 0) return false;
      else choices.push(goal.any);
    }
    if (!related.every((relation) => isConsistent(relation, domains))) return false;
    const [choice, ...others] = choices;
    if (choice === undefined) return true;
    const rest = others.map((any): Goal => ({ any }));
    return choice.some((alternative) => solve([...alternative, ...rest], domains, related));
  };
  return solve(goals, new Map(), []);
}

function expandNode(node: ValidNode, negated: boolean, scope: Scope): Goal {
  if (node.kind === 'condition')
    return { any: conditionAlternatives(node, negated, scope).map((alternative) => [...alternative]) };
  if (node.kind === 'not') return { node: node.child, negated: !negated, scope };
  const children = node.children.map((child): Goal => ({ node: child, negated, scope }));
  const isConjunction = (node.kind === 'all') !== negated;
  return { any: isConjunction ? [children] : children.map((child) => [child]) };
}

function applyAtoms(atoms: readonly Atom[], domains: Map<string, ValueDomain>): boolean {
  for (const { key, initial, restrict } of atoms) {
    const restricted = restrict(domains.get(key) ?? initial);
    if (restricted.isEmpty) return false;
    domains.set(key, restricted);
  }
  return true;
}

function isConsistent({ changed, before, after }: ChangeRelation, domains: ReadonlyMap<string, ValueDomain>): boolean {
  const [isChanged, old, current] = [changed, before, after].map((key) => domains.get(key)?.single);
  if (isChanged === undefined || old === undefined || current === undefined) return true;
  return (old !== current) === isChanged;
}
