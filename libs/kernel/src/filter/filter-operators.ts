import type { FieldType, FilterOperator } from './filter-types.js';

/** What a condition's value must be: nothing, one value of the field's type, a list, two bounds, a pattern or a number of seconds. */
export type ValueShape = 'none' | 'one' | 'one_or_null' | 'list' | 'bounds' | 'pattern' | 'seconds';

/** The operators that answer themselves; each of the others is the exact opposite of one of these. */
export type PositiveOperator = Exclude<FilterOperator, keyof typeof OPPOSITES>;

/** The negative operators, each with the positive one that it is the exact opposite of: also for absent values, where it is true. */
export const OPPOSITES = {
  not_equals: 'equals',
  not_in: 'in',
  not_contains: 'contains',
  is_not_present: 'is_present',
} as const satisfies Partial<Record<FilterOperator, FilterOperator>>;

/** What an operator asks, in words for documentation, and the shape of its value. */
export interface OperatorDefinition {
  shape: ValueShape;
  description: string;
}

/** Each operator's meaning and value shape: the one source for validation and documentation. */
export const OPERATORS: Readonly<Record<FilterOperator, OperatorDefinition>> = {
  equals: { shape: 'one', description: 'The field is this value. Text ignores case.' },
  not_equals: { shape: 'one', description: 'The opposite of `equals`; true when the field has no value.' },
  in: { shape: 'list', description: 'The field is one of these values; a list of texts holds at least one of them.' },
  not_in: { shape: 'list', description: 'The opposite of `in`; true when the field has no value.' },
  contains: {
    shape: 'one',
    description: 'The text contains this text, ignoring case; a list of texts holds exactly this text.',
  },
  not_contains: { shape: 'one', description: 'The opposite of `contains`; true when the field has no value.' },
  starts_with: { shape: 'one', description: 'The text begins with this text, ignoring case.' },
  ends_with: { shape: 'one', description: 'The text ends with this text, ignoring case.' },
  matches: {
    shape: 'pattern',
    description: 'The text contains a match of this RE2 pattern. Heeds case unless the pattern begins with `(?i)`.',
  },
  is_present: { shape: 'none', description: 'The field has a value: not null, not an empty text, not an empty list.' },
  is_not_present: { shape: 'none', description: 'The opposite of `is_present`.' },
  greater_than: { shape: 'one', description: 'The number is greater than this.' },
  less_than: { shape: 'one', description: 'The number is less than this.' },
  between: { shape: 'bounds', description: 'The number or time lies between the two values, both included.' },
  before: { shape: 'one', description: 'The time is earlier than this, to the millisecond.' },
  after: { shape: 'one', description: 'The time is later than this, to the millisecond.' },
  within_last: {
    shape: 'seconds',
    description: 'The time lies in this many seconds up to now; a time in the future does not.',
  },
  changed: { shape: 'none', description: 'The event changed the field. Only where there is an event.' },
  changed_from: {
    shape: 'one_or_null',
    description:
      'The event changed the field, which was this value (null: had none); a list of texts lost this text. Only where there is an event.',
  },
  changed_to: {
    shape: 'one_or_null',
    description:
      'The event changed the field, which is now this value (null: has none); a list of texts gained this text. Only where there is an event.',
  },
};

const PRESENCE = ['is_present', 'is_not_present'] as const;
const CHANGE = ['changed', 'changed_from', 'changed_to'] as const;
const EQUALITY = ['equals', 'not_equals'] as const;
const MEMBERSHIP = ['in', 'not_in'] as const;
const CONTAINMENT = ['contains', 'not_contains'] as const;

/** Which operators each type of field takes. */
export const OPERATORS_BY_TYPE: Readonly<Record<FieldType, readonly FilterOperator[]>> = {
  text: [...EQUALITY, ...MEMBERSHIP, ...CONTAINMENT, 'starts_with', 'ends_with', 'matches', ...PRESENCE, ...CHANGE],
  number: [...EQUALITY, ...MEMBERSHIP, 'greater_than', 'less_than', 'between', ...PRESENCE, ...CHANGE],
  boolean: [...EQUALITY, ...PRESENCE, ...CHANGE],
  date: [...EQUALITY, 'before', 'after', 'between', 'within_last', ...PRESENCE, ...CHANGE],
  id: [...EQUALITY, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
  enum: [...EQUALITY, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
  text_list: [...CONTAINMENT, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
};

/** Whether the operator asks about what an event changed, which only evaluation in memory can answer. */
export function requiresEvent(operator: FilterOperator): boolean {
  return (CHANGE as readonly string[]).includes(operator);
}

/** Splits an operator into the positive one and whether its answer is turned around. */
export function toPositiveOperator(operator: FilterOperator): { operator: PositiveOperator; negated: boolean } {
  if (Object.hasOwn(OPPOSITES, operator))
    return { operator: OPPOSITES[operator as keyof typeof OPPOSITES], negated: true };
  return { operator: operator as PositiveOperator, negated: false };
}
