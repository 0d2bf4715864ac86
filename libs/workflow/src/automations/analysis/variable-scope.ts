import type { FieldCatalogue } from '@parley/kernel/filter';
import { ValueDomain, type Atom, type FieldValue } from './value-domain.js';

/** Side of an event: the data when the filter is evaluated, after and before the event, or whether it changed a field. */
export type Moment = 'current' | 'after' | 'previous' | 'changed';

/** The names of the variables that the fields of one evaluation stand for. */
export interface Scope {
  /** The variable of a field without a list, or a constant. */
  variable(moment: Moment, name: string): Variable;
  /** The variable for the presence of an item in a list, or a constant. */
  item(moment: Moment, name: string, item: string): Variable;
}

/** A variable with its possible values. A constant has one. */
export interface Variable {
  readonly key: string;
  readonly initial: ValueDomain;
}

/** A variable with one value. */
export function constant(value: FieldValue): Variable {
  return { key: `=${JSON.stringify(value)}`, initial: ValueDomain.of([value]) };
}

/** A variable of a field, with the values that the field can have. */
export function fieldVariable(key: string, name: string, fields: FieldCatalogue): Variable {
  const field = fields.resolve(name);
  const absent = field?.nullable === false ? [] : [null];
  if (field?.type === 'enum') return { key, initial: ValueDomain.of([...(field.values ?? []), ...absent]) };
  if (field?.type === 'boolean') return { key, initial: ValueDomain.of([true, false, ...absent]) };
  return { key, initial: absent.length === 0 ? ValueDomain.any().exclude([null]) : ValueDomain.any() };
}

/** A variable that is true or false. */
export function booleanVariable(key: string): Variable {
  return { key, initial: ValueDomain.of([true, false]) };
}

/** A restriction of a variable. */
export function atom({ key, initial }: Variable, restrict: Atom['restrict']): Atom {
  return { key, initial, restrict };
}
