import { readActual, matchesCondition } from './condition-evaluation.js';
import type { FieldCatalogue, ResolvedType } from './field-catalogue.js';
import { requiresEvent } from './filter-operators.js';
import type { FilterOperator, FilterSubject, FilterValue } from './filter-types.js';
import { truncateText } from '../text/truncate-text.js';
import { storedInstant } from './instant.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/** One condition of a filter and its result. */
export interface ConditionExplanation {
  /** Path of the condition in the filter, as in the issues of `parseFilter`: `filter.all[1]`. */
  path: string;
  /** Name of the field in the filter. */
  field: string;
  /** Type of the field in the catalogue. */
  type: ResolvedType;
  operator: FilterOperator;
  /** Value that the condition compares with; absent if the operator takes no value. */
  expected?: FilterValue;
  /**
   * The value of the subject, or null if it has none. Long texts and lists are truncated. For `changed`, `changed_from`
   * and `changed_to`: `{ before, after }`, or null if the event did not change the field.
   */
  actual: unknown;
  matched: boolean;
}

/** The result of a filter and of each of its conditions, in the order of the filter. JSON that can be stored. */
export interface FilterExplanation {
  matched: boolean;
  conditions: ConditionExplanation[];
}

const MAX_SHOWN_TEXT_LENGTH = 300;
const MAX_SHOWN_ENTRIES = 50;

function truncate(text: string): string {
  const start = truncateText(text, MAX_SHOWN_TEXT_LENGTH);
  return start === text ? text : `${start}…`;
}

function summarize(actual: unknown): unknown {
  if (typeof actual === 'string') return truncate(actual);
  if (typeof actual === 'number' || typeof actual === 'boolean') return actual;
  if (typeof actual === 'bigint') return String(actual);
  if (actual instanceof Date) return storedInstant(actual) ?? null;
  if (Array.isArray(actual))
    return actual.slice(0, MAX_SHOWN_ENTRIES).map((entry) => (Array.isArray(entry) ? null : summarize(entry)));
  return null;
}

function summarizeActual({ operator }: ValidCondition, actual: unknown): unknown {
  if (!requiresEvent(operator)) return summarize(actual);
  const change = actual as readonly [unknown, unknown] | undefined;
  return change ? { before: summarize(change[0]), after: summarize(change[1]) } : null;
}

/**
 * Evaluates every condition of a filter and returns the result and the compared value of each. `matched` equals the result
 * of `evaluateFilter`.
 *
 * @param root first segment of the paths, as passed to `parseFilter`
 * @throws Error if the filter does not fit this catalogue, which is a programming error, and errors of `subject.get`.
 */
export function explainFilter(
  filter: ValidFilter,
  catalogue: FieldCatalogue,
  subject: FilterSubject,
  { root = 'filter' }: { root?: string } = {},
): FilterExplanation {
  const now = subject.now.toISOString();
  const conditions: ConditionExplanation[] = [];

  const explainCondition = (condition: ValidCondition, path: string): boolean => {
    const { field, operator, value: expected } = condition;
    const type = catalogue.resolve(field)?.type;
    if (type === undefined)
      throw new Error(`The filter field "${field}" does not match the catalogue that the filter was parsed with`);
    const actual = readActual(condition, subject);
    const matched = matchesCondition(condition, actual, now);
    conditions.push({
      path,
      field,
      type,
      operator,
      ...(expected !== undefined && { expected }),
      actual: summarizeActual(condition, actual),
      matched,
    });
    return matched;
  };

  const explain = (node: ValidNode, path: string): boolean => {
    if (node.kind === 'condition') return explainCondition(node, path);
    if (node.kind === 'not') return !explain(node.child, `${path}.not`);
    const results = node.children.map((child, index) => explain(child, `${path}.${node.kind}[${index}]`));
    return node.kind === 'all' ? results.every(Boolean) : results.some(Boolean);
  };
  return { matched: explain(filter.root, root), conditions };
}
