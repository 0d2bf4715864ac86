import type { FieldType, FilterOperator } from './filter-types.js';

/**
 * Shape of the value of a condition: none, one value of the type of the field, a list, two bounds, a pattern or a
 * number of seconds.
 */
export type ValueShape = 'none' | 'one' | 'one_or_null' | 'list' | 'bounds' | 'pattern' | 'seconds';

/** The operators that are evaluated directly. Each other operator is the exact opposite of one of these. */
export type PositiveOperator = Exclude<FilterOperator, keyof typeof OPPOSITES>;

/**
 * The negative operators, each with its positive opposite. The opposite is exact, so a negative operator is true for
 * absent values.
 */
export const OPPOSITES = {
  not_equals: 'equals',
  not_in: 'in',
  not_contains: 'contains',
  is_not_present: 'is_present',
} as const satisfies Partial<Record<FilterOperator, FilterOperator>>;

/** Meaning of an operator, for the documentation, and shape of its value. */
export interface OperatorDefinition {
  shape: ValueShape;
  description: string;
}

/** Meaning and value shape of each operator: the single source for validation and documentation. */
export const OPERATORS: Readonly<Record<FilterOperator, OperatorDefinition>> = {
  equals: {
    shape: 'one',
    description:
      'The field equals the value. Text is compared case-insensitively, items of lists such as tags case-sensitively.',
  },
  not_equals: { shape: 'one', description: 'The opposite of `equals`. True if the field has no value.' },
  in: {
    shape: 'list',
    description: 'The field equals one of the values. A list of texts contains at least one of them.',
  },
  not_in: { shape: 'list', description: 'The opposite of `in`. True if the field has no value.' },
  contains: {
    shape: 'one',
    description:
      'The text contains the value, without case, accents, and Arabic and Hebrew marks: `strasse` matches `Straße`, ' +
      "`don't` matches `don’t`. " +
      'A list of texts has an item that equals the value exactly.',
  },
  not_contains: { shape: 'one', description: 'The opposite of `contains`. True if the field has no value.' },
  contains_word: {
    shape: 'one',
    description:
      'The text contains the value as a whole word, without case and accents: `art` is a word of `state of the art`, not of ' +
      '`start`. Letters, digits and accents are parts of words. The value can have several words. In Chinese, Japanese, ' +
      'Thai, Lao, Khmer and Burmese text, which has no blanks between words, each character counts as a word.',
  },
  starts_with: { shape: 'one', description: 'The text starts with the value, without case and accents.' },
  ends_with: { shape: 'one', description: 'The text ends with the value, without case and accents.' },
  matches: {
    shape: 'pattern',
    description:
      'The text contains a match of the RE2 pattern. Case-sensitive unless the pattern starts with `(?i)`. ' +
      '`\\w` and `\\b` know only the letters of ASCII; use `contains_word` for words of other languages.',
  },
  is_present: { shape: 'none', description: 'The field has a value that is not null, an empty text or an empty list.' },
  is_not_present: { shape: 'none', description: 'The opposite of `is_present`.' },
  greater_than: { shape: 'one', description: 'The number is greater than the value.' },
  less_than: { shape: 'one', description: 'The number is less than the value.' },
  between: { shape: 'bounds', description: 'The number or time is between the two values, inclusive.' },
  before: { shape: 'one', description: 'The time is earlier than the value, with millisecond precision.' },
  after: { shape: 'one', description: 'The time is later than the value, with millisecond precision.' },
  within_last: {
    shape: 'seconds',
    description: 'The time is within the given number of seconds before now. False for times in the future.',
  },
  changed: {
    shape: 'none',
    description: 'The event changed the field. Available only in filters that are evaluated for an event.',
  },
  changed_from: {
    shape: 'one_or_null',
    description:
      'The event changed the field from the value; `null` matches a field that had no value. For a list of texts, ' +
      'the event removed the value. Available only in filters that are evaluated for an event.',
  },
  changed_to: {
    shape: 'one_or_null',
    description:
      'The event changed the field to the value; `null` matches a field that now has no value. For a list of texts, ' +
      'the event added the value. Available only in filters that are evaluated for an event.',
  },
};

const PRESENCE = ['is_present', 'is_not_present'] as const;
const CHANGE = ['changed', 'changed_from', 'changed_to'] as const;
const EQUALITY = ['equals', 'not_equals'] as const;
const MEMBERSHIP = ['in', 'not_in'] as const;
const CONTAINMENT = ['contains', 'not_contains'] as const;

/** Operators of each field type. */
export const OPERATORS_BY_TYPE: Readonly<Record<FieldType, readonly FilterOperator[]>> = {
  text: [
    ...EQUALITY,
    ...MEMBERSHIP,
    ...CONTAINMENT,
    'contains_word',
    'starts_with',
    'ends_with',
    'matches',
    ...PRESENCE,
    ...CHANGE,
  ],
  number: [...EQUALITY, ...MEMBERSHIP, 'greater_than', 'less_than', 'between', ...PRESENCE, ...CHANGE],
  boolean: [...EQUALITY, ...PRESENCE, ...CHANGE],
  date: [...EQUALITY, 'before', 'after', 'between', 'within_last', ...PRESENCE, ...CHANGE],
  id: [...EQUALITY, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
  enum: [...EQUALITY, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
  text_list: [...CONTAINMENT, ...MEMBERSHIP, ...PRESENCE, ...CHANGE],
};

/** True for operators on the changes of an event, which can be evaluated only in memory. */
export function requiresEvent(operator: FilterOperator): boolean {
  return (CHANGE as readonly string[]).includes(operator);
}

/** Splits an operator into its positive operator and a flag for negation. */
export function toPositiveOperator(operator: FilterOperator): { operator: PositiveOperator; negated: boolean } {
  if (Object.hasOwn(OPPOSITES, operator))
    return { operator: OPPOSITES[operator as keyof typeof OPPOSITES], negated: true };
  return { operator: operator as PositiveOperator, negated: false };
}
