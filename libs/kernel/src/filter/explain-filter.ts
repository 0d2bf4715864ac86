import { readActual, matchesCondition } from './condition-evaluation.js';
import type { FieldCatalogue, ResolvedType } from './field-catalogue.js';
import { requiresEvent } from './filter-operators.js';
import type { FilterOperator, FilterSubject, FilterValue } from './filter-types.js';
import { storedInstant } from './instant.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/** One condition of a filter and how it came out. */
export interface ConditionExplanation {
  /** Where the condition stands in the filter, as in the paths of `parseFilter`: `filter.all[1]`. */
  path: string;
  /** The field as the filter names it. */
  field: string;
  /** The field's type in the catalogue. */
  type: ResolvedType;
  operator: FilterOperator;
  /** What the condition compares with; left out where the operator takes no value. */
  expected?: FilterValue;
  /**
   * The value of the subject, null when none; long texts and lists are cut short. For `changed`, `changed_from` and `changed_to`:
   * `{ before, after }`, or null when the event did not change the field.
   */
  actual: unknown;
  matched: boolean;
}

/** The outcome of a filter with that of each of its conditions, in the order of the filter. JSON that may be stored. */
export interface FilterExplanation {
  matched: boolean;
  conditions: ConditionExplanation[];
}

const MAX_SHOWN_TEXT_LENGTH = 300;
const MAX_SHOWN_ENTRIES = 50;
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** Half of a surrogate pair could not be stored as jsonb. */
function truncate(text: string): string {
  return text.length > MAX_SHOWN_TEXT_LENGTH
    ? `${text.slice(0, MAX_SHOWN_TEXT_LENGTH).replace(HALF_CHARACTER, '')}…`
    : text;
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
 * Evaluates every condition of a filter and tells which matched with which value; its `matched` is what `evaluateFilter` answers.
 *
 * Throws an `Error` for a filter that does not fit this catalogue, a programmer's fault, and what `subject.get` throws.
 *
 * @param root what the paths begin with, as given to `parseFilter`
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
    if (type === undefined) throw new Error(`The filter field "${field}" is not the one the filter was parsed with`);
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
