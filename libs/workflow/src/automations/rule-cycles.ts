import { findActionDefinition } from '@parley/kernel/automation';
import type { ValidNode } from '@parley/kernel/filter';
import type { AutomationView } from './automation.view.js';
import { createEventScope, createScope, type Evaluation } from './analysis/evaluation-scope.js';
import type { Outcomes } from './analysis/field-history.js';
import { canHold, type Budget } from './analysis/filter-solver.js';
import type { Goal } from './analysis/goal.js';
import { atom } from './analysis/variable-scope.js';
import type { RuleSubject } from './subjects/rule-subject.js';

/** Fields of a rule that cycles depend on. `root` is its parsed filter; null if it is no longer valid. */
export interface LinkedRule extends Pick<AutomationView, 'id' | 'name' | 'events' | 'actions' | 'runPolicy'> {
  readonly root: ValidNode | null;
}

/** A chain of rules of which each triggers the next, with what must be true for it. */
interface Chain {
  readonly rules: readonly LinkedRule[];
  readonly goals: readonly Goal[];
  readonly outcomes: Outcomes;
}

/** Limit of the work for one rule, which is less than a second for the largest filters. */
const MAX_STEPS = 5_000;
const MAX_CHAIN_LENGTH = 8;

/**
 * Finds the shortest cycle of rules that starts with the given rule, in which the actions of each rule can trigger the
 * next and make its filter true; null if there is none, or none is found within a limit.
 */
export function findCycleThrough(
  rule: LinkedRule,
  others: readonly LinkedRule[],
  subject: RuleSubject,
): readonly LinkedRule[] | null {
  const candidates = [rule, ...others.filter(({ id }) => id !== rule.id)].filter(
    ({ runPolicy }) => runPolicy !== 'once',
  );
  if (!candidates.includes(rule)) return null;
  const budget = { steps: MAX_STEPS };
  const start = (first: LinkedRule): Chain[] =>
    first.events.flatMap((eventType) => startChain(first, eventType, subject, budget));
  const extend = (chain: Chain, next: LinkedRule): Chain[] => extendChain(chain, next, subject, budget);
  const canEnd = new Set(candidates.filter((last) => start(last).some((chain) => extend(chain, rule).length > 0)));
  const chains = canEnd.size === 0 ? [] : start(rule);
  while (chains.length > 0) {
    const chain = chains.shift()!;
    const isCycle = canEnd.has(chain.rules.at(-1)!) && extend(chain, rule).length > 0;
    if (budget.steps < 0) return null;
    if (isCycle) return chain.rules;
    if (chain.rules.length >= MAX_CHAIN_LENGTH) continue;
    for (const next of candidates) if (!chain.rules.includes(next)) chains.push(...extend(chain, next));
  }
  return null;
}

/** Returns the warning about rules that trigger each other, or null. */
export function buildCycleWarning(
  rule: LinkedRule,
  others: readonly LinkedRule[],
  subject: RuleSubject,
): string | null {
  const cycle = findCycleThrough(rule, others, subject);
  if (!cycle) return null;
  if (cycle.length === 1)
    return `"${rule.name}" can trigger itself. It runs at most once per conversation and original request.`;
  const names = [...cycle, rule].map(({ name }) => `"${name}"`).join(' → ');
  return (
    `These rules can trigger each other: ${names}. Each of them runs at most once per conversation ` +
    'and original request.'
  );
}

/**
 * Returns the warning about events for which the filter of a rule is never true, or null. A rule is not rejected for it,
 * because its filter is evaluated some moments after the event.
 */
export function buildContradictionWarning(
  { root, events }: Pick<LinkedRule, 'root' | 'events'>,
  subject: RuleSubject,
): string | null {
  if (root === null) return null;
  const impossible = events.filter((eventType) => {
    const evaluation = { subject, eventType, step: 0, outcomes: [], cause: null };
    return !canHold([...eventGoals(evaluation), { node: root, scope: createScope(evaluation) }]);
  });
  if (impossible.length === 0) return null;
  const names = impossible.map((type) => `"${type}"`).join(', ');
  return impossible.length === events.length
    ? `The filter is never true: its conditions contradict each other or the event (${names}). The rule never runs.`
    : `The filter is never true for these events, which do not run the rule: ${names}.`;
}

function startChain(rule: LinkedRule, eventType: string, subject: RuleSubject, budget: Budget): Chain[] {
  const evaluation = { subject, eventType, step: 0, outcomes: [], cause: null };
  const goals = [...eventGoals(evaluation), ...filterGoals(rule, evaluation)];
  return toPossibleChain({ rules: [rule], goals, outcomes: outcomesOf(rule) }, budget);
}

/** The ways in which the actions of the last rule of a chain can trigger a rule. */
function extendChain(chain: Chain, next: LinkedRule, subject: RuleSubject, budget: Budget): Chain[] {
  const { rules, goals, outcomes } = chain;
  const last = rules.at(-1)!;
  return last.actions.flatMap(({ type }, index) => {
    const effects = findActionDefinition(type)?.effects ?? [];
    return matchingEvents(effects, next.events, subject).flatMap((eventType) => {
      const cause = outcomes.length - last.actions.length + index;
      const evaluation = { subject, eventType, step: rules.length, outcomes, cause };
      const added = [...eventGoals(evaluation), ...effectGoals(evaluation), ...filterGoals(next, evaluation)];
      const extended = {
        rules: [...rules, next],
        goals: [...goals, ...added],
        outcomes: [...outcomes, ...outcomesOf(next)],
      };
      return toPossibleChain(extended, budget);
    });
  });
}

function toPossibleChain(chain: Chain, budget: Budget): Chain[] {
  return canHold(chain.goals, budget) ? [chain] : [];
}

/** The events of a rule that one of the effects of an action is or has as an alias. */
function matchingEvents(effects: readonly string[], events: readonly string[], subject: RuleSubject): string[] {
  const [everyChange] = subject.eventTypesOf({});
  const isChange = effects.some((effect) => subject.changeEventTypes.has(effect));
  return events.filter((type) => effects.includes(type) || (isChange && type === everyChange));
}

function outcomesOf({ actions }: LinkedRule): Outcomes {
  return actions.map(({ type, ...parameters }) => findActionDefinition(type)?.outcome?.(parameters) ?? null);
}

function filterGoals({ root }: LinkedRule, evaluation: Evaluation): Goal[] {
  return root === null ? [] : [{ node: root, scope: createScope(evaluation) }];
}

/** What is always true of an event of a type. */
function eventGoals(evaluation: Evaluation): Goal[] {
  const facts = evaluation.subject.eventFacts(evaluation.eventType);
  return facts === null ? [] : [{ node: facts, scope: createEventScope(evaluation) }];
}

/** An action causes an event only if it changes something. */
function effectGoals(evaluation: Evaluation): Goal[] {
  const { subject, eventType, outcomes, cause } = evaluation;
  const outcome = outcomes[cause!];
  if (!outcome || !subject.changeEventTypes.has(eventType)) return [];
  const scope = createScope(evaluation);
  const names = Object.keys(outcome.values ?? {}).filter((name) => subject.isLasting(name));
  const changes = names.flatMap((name): Goal[] => {
    const [changed, before, after] = (['changed', 'previous', 'after'] as const).map((at) => scope.variable(at, name));
    const possible = outcome.before?.[name];
    return [
      { atoms: [changed!, before!, after!].map((variable) => atom(variable, (domain) => domain)) },
      ...(possible ? [{ atoms: [atom(before!, (domain) => domain.include(possible))] }] : []),
      { relation: { changed: changed!.key, before: before!.key, after: after!.key } },
    ];
  });
  const lists = Object.entries(outcome.lists ?? {}).flatMap(([name, { added = [], removed = [], all }]): Goal[] => {
    if (all) return [];
    const was = (item: string, isThere: boolean): Goal[] => [
      { atoms: [atom(scope.item('previous', name, item), (domain) => domain.include([isThere]))] },
    ];
    return [{ any: [...added.map((item) => was(item, false)), ...removed.map((item) => was(item, true))] }];
  });
  return [...changes, ...lists];
}
