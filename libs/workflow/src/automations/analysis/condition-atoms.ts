import type { ValidNode } from '@parley/kernel/filter';
import type { Goal } from './goal.js';
import type { Atom, FieldValue } from './value-domain.js';
import { atom, type Moment, type Scope, type Variable } from './variable-scope.js';

type Condition = Extract<ValidNode, { kind: 'condition' }>;
type Alternatives = readonly (readonly Goal[])[];

/** Nothing is known about the condition. */
const UNKNOWN: Alternatives = [[]];

/** The sets of goals of which one must hold, so that the condition is true, or false if `negated`. */
export function conditionAlternatives(condition: Condition, negated: boolean, scope: Scope): Alternatives {
  const isNegated = condition.negated !== negated;
  const { positive, reads } = condition;
  if (positive === 'changed' || positive === 'changed_from' || positive === 'changed_to')
    return changeAlternatives(condition, isNegated, scope);
  const moment: Moment = reads.moment === 'current' ? 'current' : reads.moment;
  const relation = moment === 'current' ? [] : relationGoals(reads.name, scope);
  return valueAlternatives(condition, isNegated, moment, scope).map((alternative) => [...alternative, ...relation]);
}

function changeAlternatives(condition: Condition, isNegated: boolean, scope: Scope): Alternatives {
  const { positive, reads, value } = condition;
  const changed = (isChanged: boolean): Goal => ({
    atoms: [atom(scope.variable('changed', reads.name), (domain) => domain.include([isChanged]))],
  });
  const relation = relationGoals(reads.name, scope);
  if (positive === 'changed') return [[changed(!isNegated), ...relation]];
  const [side, other]: readonly Moment[] = positive === 'changed_to' ? ['after', 'previous'] : ['previous', 'after'];
  if (condition.type === 'text_list') return listChangeAlternatives(condition, isNegated, side!, other!, scope);
  const target = scope.variable(side!, reads.name);
  const values = value === null ? [null] : valuesOf(condition);
  const matching = { atoms: [atom(target, (domain) => (isNegated ? domain.exclude(values) : domain.include(values)))] };
  if (!isNegated) return [[changed(true), matching, ...relation]];
  return [[changed(false), ...relation], [matching]];
}

/** A list changes to a value if the event added it, and from a value if the event removed it. */
function listChangeAlternatives(
  condition: Condition,
  isNegated: boolean,
  side: Moment,
  other: Moment,
  scope: Scope,
): Alternatives {
  const { reads, value } = condition;
  if (isNegated || value === null) return UNKNOWN;
  return itemsOf(condition).map((item) => [
    {
      atoms: [
        atom(scope.variable('changed', reads.name), (domain) => domain.include([true])),
        atom(scope.item(side, reads.name, item), (domain) => domain.include([true])),
        atom(scope.item(other, reads.name, item), (domain) => domain.include([false])),
      ],
    },
  ]);
}

function relationGoals(name: string, scope: Scope): Goal[] {
  const [changed, before, after] = (['changed', 'previous', 'after'] as const).map((side) =>
    scope.variable(side, name),
  );
  // A restriction by nothing makes the variables known to the solver.
  const atoms = [changed!, before!, after!].map((variable) => atom(variable, (domain) => domain));
  return [{ atoms }, { relation: { changed: changed!.key, before: before!.key, after: after!.key } }];
}

function valueAlternatives(condition: Condition, isNegated: boolean, moment: Moment, scope: Scope): Alternatives {
  const { positive, type, reads } = condition;
  if (type === 'text_list') return listAlternatives(condition, isNegated, moment, scope);
  const variable = scope.variable(moment, reads.name);
  const one = (restrict: Atom['restrict']): Alternatives => [[{ atoms: [atom(variable, restrict)] }]];
  if (positive === 'is_present')
    return one((domain) => (isNegated ? domain.include([null, '']) : domain.exclude([null, ''])));
  if (type === 'any') return UNKNOWN;
  const isExact = positive === 'equals' || (positive === 'in' && type !== 'text_or_list');
  if (isExact) {
    const values = valuesOf(condition);
    return one((domain) => (isNegated ? domain.exclude(values) : domain.include(values)));
  }
  return comparisonAlternatives(condition, isNegated, variable);
}

function listAlternatives(condition: Condition, isNegated: boolean, moment: Moment, scope: Scope): Alternatives {
  if (condition.positive === 'is_present') {
    const present = scope.variable(moment, condition.reads.name);
    return [[{ atoms: [atom(present, (domain) => (isNegated ? domain.include([null]) : domain.exclude([null])))] }]];
  }
  const has = (item: string, isThere: boolean): Atom =>
    atom(scope.item(moment, condition.reads.name, item), (domain) => domain.include([isThere]));
  const items = itemsOf(condition);
  if (isNegated) return [[{ atoms: items.map((item) => has(item, false)) }]];
  return items.map((item) => [{ atoms: [has(item, true)] }]);
}

/** Texts are compared when the value of the field is known; numbers and times by their bounds as well. */
function comparisonAlternatives(condition: Condition, isNegated: boolean, variable: Variable): Alternatives {
  const one = (restrict: Atom['restrict']): Alternatives => [[{ atoms: [atom(variable, restrict)] }]];
  const test = textTest(condition);
  if (test) {
    if (isNegated) return one((domain) => domain.test((value) => typeof value !== 'string' || !test(value)));
    return one((domain) => domain.exclude([null]).test((value) => typeof value === 'string' && test(value)));
  }
  if (isNegated) return UNKNOWN;
  const { positive, value } = condition;
  switch (positive) {
    case 'greater_than':
    case 'after':
      return one((domain) => domain.withMinimum(value as string | number, false));
    case 'less_than':
    case 'before':
      return one((domain) => domain.withMaximum(value as string | number, false));
    case 'between': {
      const [lower, upper] = value as readonly [string | number, string | number];
      return one((domain) => domain.withMinimum(lower, true).withMaximum(upper, true));
    }
    default:
      return one((domain) => domain.exclude([null]));
  }
}

function textTest({ positive, type, folded }: Condition): ((text: string) => boolean) | null {
  if (type !== 'text' || typeof folded !== 'string') return null;
  if (positive === 'contains') return (text) => text.includes(folded);
  if (positive === 'starts_with') return (text) => text.startsWith(folded);
  if (positive === 'ends_with') return (text) => text.endsWith(folded);
  return null;
}

function valuesOf({ folded, value }: Condition): FieldValue[] {
  return [folded ?? value].flat() as FieldValue[];
}

function itemsOf({ keys, value }: Condition): readonly string[] {
  return keys ?? ([value].flat() as string[]);
}
