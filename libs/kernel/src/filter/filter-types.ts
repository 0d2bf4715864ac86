/** Type of a field in the filter language. Determines its operators and values. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'id' | 'enum' | 'text_list';

/** Operators of the filter language, in the order of their documentation. */
export const FILTER_OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'contains_word',
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

/**
 * Value that a condition compares with: a scalar, a list (`in`, `between`), or null (no value, for `changed_from` and
 * `changed_to`).
 */
export type FilterValue = string | number | boolean | null | readonly (string | number)[];

/** A single comparison. `value` is absent for `is_present`, `is_not_present` and `changed`. */
export interface FilterCondition {
  field: string;
  operator: FilterOperator;
  value?: FilterValue;
}

/** A filter as sent and stored: conditions in groups that are nested at most five levels deep. */
export type FilterNode = { all: FilterNode[] } | { any: FilterNode[] } | { not: FilterNode } | FilterCondition;

/** Purpose of a filter: `sql` compiles it into a query, `memory` evaluates it for one subject and its event. */
export type FilterPurpose = 'sql' | 'memory';

/** An error in a filter. `path` is the path of the node, such as `filter.all[1].value`; `message` is human-readable. */
export interface FilterIssue {
  path: string;
  message: string;
}

/**
 * The object for which a filter is evaluated.
 *
 * - `get` returns a field of the catalogue by name (`status`, `custom_fields.plan`): a string, finite number, boolean,
 * `Date` or
 * ISO 8601 UTC string, list of strings, or null/undefined if it has no value. It never receives `previous.` or
 * `changed.`.
 * - `changed` maps, for a subject of an event, each field that the event changed to `[before, after]`.
 * - `now` is the instant from which `within_last` counts back.
 */
export interface FilterSubject {
  get(field: string): unknown;
  changed?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  now: Date;
}

/** Limits of a filter. `parseFilter` rejects larger filters, so that queries and evaluations are bounded. */
export const FILTER_LIMITS = {
  /** Nesting levels of groups (`all`, `any`, `not`). */
  depth: 5,
  /** Conditions in the whole filter. */
  conditions: 100,
  /** Groups and conditions in total. Reached only by filters with many empty groups. */
  nodes: 300,
  /** Values in an `in` list. */
  listValues: 500,
  /** UTF-16 code units of a text value. */
  textLength: 1000,
  /** UTF-16 code units of a `matches` pattern. */
  patternLength: 500,
  /** Maximum of `within_last` in seconds: one hundred years. */
  withinLastSeconds: 3_155_760_000,
  /** Issues in one response. */
  issues: 50,
} as const;
