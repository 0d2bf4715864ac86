import { foldCase, type FieldCatalogue } from '@parley/kernel/filter';
import type { ActionOutcome } from '@parley/kernel/automation';
import { booleanVariable, constant, fieldVariable, type Variable } from './variable-scope.js';
import type { FieldValue } from './value-domain.js';

/** The outcomes of the actions of several rules in order; null for an action that can change any field. */
export type Outcomes = readonly (ActionOutcome | null)[];

/** True if the action can change the field. */
export function touches(outcome: ActionOutcome | null, name: string): boolean {
  if (outcome === null) return true;
  const { values = {}, lists = {}, unknown = [] } = outcome;
  return Object.hasOwn(values, name) || Object.hasOwn(lists, name) || unknown.includes(name);
}

/** The value of a field after the first `count` actions. */
export function readValue(outcomes: Outcomes, count: number, name: string, fields: FieldCatalogue): Variable {
  const index = outcomes.slice(0, count).findLastIndex((outcome) => touches(outcome, name));
  const outcome = outcomes[index] ?? null;
  const known = outcome?.values?.[name];
  if (known !== undefined) return constant(toComparedValue(known));
  const list = outcome?.lists?.[name];
  if (list?.all?.length === 0) return constant(null);
  if ([...(list?.all ?? []), ...(list?.added ?? [])].length > 0) return constant('present');
  return fieldVariable(`${name}#${index + 1}`, name, fields);
}

/** Whether a list has an item after the first `count` actions. */
export function readItem(outcomes: Outcomes, count: number, name: string, item: string): Variable {
  const decides = (outcome: ActionOutcome | null): boolean => {
    const list = outcome?.lists?.[name];
    if (!list) return touches(outcome, name);
    return list.all !== undefined || [...(list.added ?? []), ...(list.removed ?? [])].includes(item);
  };
  const index = outcomes.slice(0, count).findLastIndex(decides);
  const list = outcomes[index]?.lists?.[name];
  if (!list) return booleanVariable(`${name}#${index + 1}:${item}`);
  return constant((list.all ?? list.added ?? []).includes(item));
}

/** Texts are compared without case. */
export function toComparedValue(value: FieldValue): FieldValue {
  return typeof value === 'string' ? foldCase(value) : value;
}
