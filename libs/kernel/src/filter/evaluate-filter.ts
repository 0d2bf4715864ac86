import { foldCase } from './case-fold.js';
import { matchesPattern } from './filter-pattern.js';
import type { FilterNode, FilterSubject } from './filter-types.js';
import { shiftInstant, storedInstant, type Instant } from './instant.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/** The outcome of one node of a filter, with those of the nodes inside it. */
export interface FilterExplanation {
  node: FilterNode;
  result: boolean;
  /** Of a group: each node inside it, all of them evaluated. */
  children?: FilterExplanation[];
  /**
   * Of a condition: the value that the subject held, null when none, long texts and lists cut short. For `changed`, `changed_from` and
   * `changed_to`: `{ before, after }`, or null when the event did not change the field.
   */
  actual?: unknown;
}

const LONGEST_SHOWN_TEXT = 300;
const MOST_SHOWN_ENTRIES = 50;

function changeOf(subject: FilterSubject, name: string): readonly [unknown, unknown] | undefined {
  return subject.changed && Object.hasOwn(subject.changed, name) ? subject.changed[name] : undefined;
}

function actualOf({ reads: { name, moment } }: ValidCondition, subject: FilterSubject): unknown {
  if (moment === 'current') return subject.get(name);
  const change = changeOf(subject, name);
  if (moment === 'changed') return change !== undefined;
  if (change) return change[0];
  return subject.changed ? subject.get(name) : undefined;
}

function isPresent(actual: unknown): boolean {
  return actual !== undefined && actual !== null && actual !== '' && !(Array.isArray(actual) && actual.length === 0);
}

function textHolds(actual: unknown, { positive, value, folded }: ValidCondition): boolean {
  if (typeof actual !== 'string') return false;
  if (positive === 'matches') return matchesPattern(value as string, actual);
  const text = foldCase(actual);
  switch (positive) {
    case 'in':
      return (folded as readonly string[]).includes(text);
    case 'contains':
      return text.includes(folded as string);
    case 'starts_with':
      return text.startsWith(folded as string);
    case 'ends_with':
      return text.endsWith(folded as string);
    default:
      return text === folded;
  }
}

function orderHolds<T extends number | Instant>(actual: T | undefined, { positive, value }: ValidCondition, now: Instant): boolean {
  if (actual === undefined) return false;
  const list = value as unknown as readonly T[];
  switch (positive) {
    case 'in':
      return list.includes(actual);
    case 'greater_than':
    case 'after':
      return actual > (value as T);
    case 'less_than':
    case 'before':
      return actual < (value as T);
    case 'between':
      return actual >= list[0]! && actual <= list[1]!;
    case 'within_last':
      return actual >= shiftInstant(now, -1000 * (value as number)) && actual <= now;
    default:
      return actual === value;
  }
}

function listHolds(actual: unknown, { value }: ValidCondition): boolean {
  if (!Array.isArray(actual)) return false;
  return [value].flat().some((wanted) => actual.includes(wanted));
}

function storedNumber(actual: unknown): number | undefined {
  if (typeof actual === 'bigint') return Number(actual);
  return typeof actual === 'number' && Number.isFinite(actual) ? actual : undefined;
}

function exactHolds(actual: unknown, value: unknown): boolean {
  return Array.isArray(value) ? value.includes(actual) : actual === value;
}

/** Whether the value satisfies the positive half of a condition that compares a value. */
function valueHolds(actual: unknown, condition: ValidCondition, now: Instant): boolean {
  if (actual === undefined || actual === null) return false;
  switch (condition.type) {
    case 'text':
      return textHolds(actual, condition);
    case 'text_list':
      return listHolds(actual, condition);
    case 'text_or_list':
      return textHolds(actual, condition) || listHolds(actual, condition);
    case 'number':
      return orderHolds(storedNumber(actual), condition, now);
    case 'date':
      return orderHolds(storedInstant(actual), condition, now);
    case 'id':
      return exactHolds(typeof actual === 'string' ? foldCase(actual) : undefined, condition.value);
    case 'boolean':
    case 'enum':
      return exactHolds(actual, condition.value);
    case 'any':
      return false;
  }
}

function changeHolds(condition: ValidCondition, subject: FilterSubject, now: Instant): boolean {
  const change = changeOf(subject, condition.reads.name);
  if (!change) return false;
  if (condition.positive === 'changed') return true;
  const [before, after] = change;
  const [there, elsewhere] = condition.positive === 'changed_from' ? [before, after] : [after, before];
  if (condition.value === null) return !isPresent(there);
  if (!valueHolds(there, condition, now)) return false;
  return condition.type !== 'text_list' || !valueHolds(elsewhere, condition, now);
}

function conditionHolds(condition: ValidCondition, subject: FilterSubject): boolean {
  const now = subject.now.toISOString();
  switch (condition.positive) {
    case 'changed':
    case 'changed_from':
    case 'changed_to':
      return changeHolds(condition, subject, now);
    case 'is_present':
      return isPresent(actualOf(condition, subject)) !== condition.negated;
    default:
      return valueHolds(actualOf(condition, subject), condition, now) !== condition.negated;
  }
}

/**
 * Whether a subject satisfies a filter; conditions after the deciding one are not looked at.
 *
 * A value that is absent, or not of the condition's type (a text where a number is compared), makes positive operators false and
 * negative ones true. A filter parsed for either purpose may be evaluated. Throws only what `subject.get` throws.
 */
export function evaluateFilter(filter: ValidFilter, subject: FilterSubject): boolean {
  const holds = (node: ValidNode): boolean => {
    if (node.kind === 'condition') return conditionHolds(node, subject);
    if (node.kind === 'not') return !holds(node.child);
    return node.kind === 'all' ? node.children.every(holds) : node.children.some(holds);
  };
  return holds(filter.root);
}

function shown(actual: unknown): unknown {
  if (actual === undefined || actual === null) return null;
  if (typeof actual === 'string') return actual.length > LONGEST_SHOWN_TEXT ? `${actual.slice(0, LONGEST_SHOWN_TEXT)}…` : actual;
  if (typeof actual === 'number' || typeof actual === 'boolean') return actual;
  if (actual instanceof Date) return storedInstant(actual) ?? null;
  if (Array.isArray(actual)) return actual.slice(0, MOST_SHOWN_ENTRIES).map((entry) => (Array.isArray(entry) ? null : shown(entry)));
  return typeof actual === 'bigint' ? String(actual) : null;
}

function shownActual(condition: ValidCondition, subject: FilterSubject): unknown {
  if (!condition.positive.startsWith('changed')) return shown(actualOf(condition, subject));
  const change = changeOf(subject, condition.reads.name);
  return change ? { before: shown(change[0]), after: shown(change[1]) } : null;
}

/** Evaluates every node of a filter and tells each one's result and the value it looked at; JSON that may be stored with a run. */
export function explainFilter(filter: ValidFilter, subject: FilterSubject): FilterExplanation {
  const explain = (node: ValidNode): FilterExplanation => {
    if (node.kind === 'condition') {
      return { node: node.source, result: conditionHolds(node, subject), actual: shownActual(node, subject) };
    }
    const children = node.kind === 'not' ? [explain(node.child)] : node.children.map(explain);
    const results = children.map((child) => child.result);
    const result = node.kind === 'not' ? !results[0] : node.kind === 'all' ? results.every(Boolean) : results.some(Boolean);
    return { node: node.source, result, children };
  };
  return explain(filter.root);
}
