/** The type of a field as the filter language sees it; decides which operators and values it takes. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'id' | 'enum' | 'text_list';

/** Every operator of the filter language (docs: semantics, "Operators"), in the order in which it is documented. */
export const FILTER_OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'is_present',
  'is_not_present',
  'greater_than',
  'less_than',
  'between',
  'before',
  'after',
  'within_last',
  'changed',
  'changed_from',
  'changed_to',
] as const;

/** One of {@link FILTER_OPERATORS}. */
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** What a condition compares with: a scalar, a list (`in`, `between`), or null (`changed_from`/`changed_to` nothing). */
export type FilterValue = string | number | boolean | null | readonly (string | number)[];

/** A single comparison. `value` is left out for `is_present`, `is_not_present` and `changed`. */
export interface FilterCondition {
  field: string;
  operator: FilterOperator;
  value?: FilterValue;
}

/** A filter on the wire and in storage: groups nested at most five deep over conditions. */
export type FilterNode = { all: FilterNode[] } | { any: FilterNode[] } | { not: FilterNode } | FilterCondition;

/** Where a filter will run: `sql` compiles it into a query, `memory` evaluates it against one subject and its event. */
export type FilterPurpose = 'sql' | 'memory';

/** One fault of a filter; `path` points at the node, such as `filter.all[1].value`, `message` is for people. */
export interface FilterIssue {
  path: string;
  message: string;
}

/**
 * What a filter is evaluated against.
 *
 * - `get` answers a field of the catalogue by name (`status`, `custom_fields.plan`): a string, finite number, boolean, `Date` or
 *   ISO 8601 UTC string, list of strings, or null/undefined when it has no value. It is never asked for `previous.` or `changed.`.
 * - `changed` holds, for a subject seen in an event, `[before, after]` of each field that the event changed.
 * - `now` is the instant that `within_last` counts back from.
 */
export interface FilterSubject {
  get(field: string): unknown;
  changed?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  now: Date;
}

/** The sizes a filter may have. Larger ones are refused by `parseFilter`, so neither query nor evaluation can grow without end. */
export const FILTER_LIMITS = {
  /** Groups (`all`, `any`, `not`) inside each other. */
  depth: 5,
  /** Conditions in the whole filter. */
  conditions: 100,
  /** Groups and conditions together; only reached by filters that hold many empty groups. */
  nodes: 300,
  /** Entries of an `in` list. */
  listValues: 500,
  /** UTF-16 code units of a text value. */
  textLength: 1000,
  /** UTF-16 code units of a `matches` pattern. */
  patternLength: 500,
  /** Length of `within_last`: one hundred years, in seconds. */
  withinLastSeconds: 3_155_760_000,
  /** Issues reported at once. */
  issues: 50,
} as const;
