import { LRUCache } from 'lru-cache';
import { foldText } from '../text/fold-text.js';
import { foldCase } from './case-fold.js';
import { searchesText } from './condition-type.js';
import { requiresEvent } from './filter-operators.js';
import { matchesPattern } from './filter-pattern.js';
import type { FilterSubject } from './filter-types.js';
import { shiftInstant, storedInstant, type Instant } from './instant.js';
import { containsWord } from './word-match.js';
import type { ValidCondition } from './valid-filter.js';

type Change = readonly [before: unknown, after: unknown];

function changeOf(subject: FilterSubject, name: string): Change | undefined {
  return subject.changed && Object.hasOwn(subject.changed, name) ? subject.changed[name] : undefined;
}

/**
 * The part of the subject that the condition reads: the value of the field or, for `changed`, `changed_from` and
 * `changed_to`, its `[before, after]`, which is undefined if the event did not change the field.
 */
export function readActual({ operator, reads: { name, moment } }: ValidCondition, subject: FilterSubject): unknown {
  if (requiresEvent(operator)) return changeOf(subject, name);
  if (moment === 'current') return subject.get(name);
  const change = changeOf(subject, name);
  if (moment === 'changed') return change !== undefined;
  if (change) return change[0];
  return subject.changed ? subject.get(name) : undefined;
}

function isPresent(actual: unknown): boolean {
  return actual !== undefined && actual !== null && actual !== '' && !(Array.isArray(actual) && actual.length === 0);
}

const foldedTexts = new LRUCache<string, string>({ max: 16 });
const MIN_CACHED_LENGTH = 500;

/** Folds a text. Many rules compare the same long text one after the other, so it is folded once. */
function foldedText(text: string): string {
  if (text.length < MIN_CACHED_LENGTH) return foldText(text);
  let folded = foldedTexts.get(text);
  if (folded === undefined) {
    folded = foldText(text);
    foldedTexts.set(text, folded);
  }
  return folded;
}

function matchesText(actual: unknown, { positive, value, folded }: ValidCondition): boolean {
  if (typeof actual !== 'string') return false;
  if (positive === 'matches') return matchesPattern(value as string, actual);
  const text = searchesText(positive) ? foldedText(actual) : foldCase(actual);
  switch (positive) {
    case 'in':
      return (folded as readonly string[]).includes(text);
    case 'contains':
      return text.includes(folded as string);
    case 'contains_word':
      return containsWord(text, folded as string);
    case 'starts_with':
      return text.startsWith(folded as string);
    case 'ends_with':
      return text.endsWith(folded as string);
    default:
      return text === folded;
  }
}

function matchesOrdered<T extends number | Instant>(
  actual: T | undefined,
  { positive, value }: ValidCondition,
  now: Instant,
): boolean {
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

function matchesList(actual: unknown, { value, keyOf, keys }: ValidCondition): boolean {
  if (!Array.isArray(actual)) return false;
  if (keyOf) return actual.some((text) => typeof text === 'string' && keys!.includes(keyOf(text)));
  return [value].flat().some((expected) => actual.includes(expected));
}

function storedNumber(actual: unknown): number | undefined {
  if (typeof actual === 'bigint') return Number(actual);
  return typeof actual === 'number' && Number.isFinite(actual) ? actual : undefined;
}

function matchesExact(actual: unknown, value: unknown): boolean {
  return Array.isArray(value) ? value.includes(actual) : actual === value;
}

/** True if the value satisfies the positive half of a condition that compares a value. */
function matchesValue(actual: unknown, condition: ValidCondition, now: Instant): boolean {
  if (actual === undefined || actual === null) return false;
  switch (condition.type) {
    case 'text':
      return matchesText(actual, condition);
    case 'text_list':
      return matchesList(actual, condition);
    case 'text_or_list':
      return matchesText(actual, condition) || matchesList(actual, condition);
    case 'number':
      return matchesOrdered(storedNumber(actual), condition, now);
    case 'date':
      return matchesOrdered(storedInstant(actual), condition, now);
    case 'id':
      return matchesExact(typeof actual === 'string' ? foldCase(actual) : undefined, condition.value);
    case 'boolean':
    case 'enum':
      return matchesExact(actual, condition.value);
    case 'any':
      return false;
  }
}

function matchesChange(change: Change | undefined, condition: ValidCondition, now: Instant): boolean {
  if (!change) return false;
  if (condition.positive === 'changed') return true;
  const [before, after] = change;
  const [target, opposite] = condition.positive === 'changed_from' ? [before, after] : [after, before];
  if (condition.value === null) return !isPresent(target);
  if (!matchesValue(target, condition, now)) return false;
  return condition.type !== 'text_list' || !matchesValue(opposite, condition, now);
}

/** True if the value that {@link readActual} read satisfies the condition. */
export function matchesCondition(condition: ValidCondition, actual: unknown, now: Instant): boolean {
  if (requiresEvent(condition.operator)) return matchesChange(actual as Change | undefined, condition, now);
  const matched = condition.positive === 'is_present' ? isPresent(actual) : matchesValue(actual, condition, now);
  return matched !== condition.negated;
}
