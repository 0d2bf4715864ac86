import type { Bind } from '../database/bind.js';
import { escapeLike } from '../database/like.js';
import { foldSourcesOf } from './case-fold.js';
import { searchesText } from './condition-type.js';
import type { ResolvedField } from './field-catalogue.js';
import { shiftInstant, type Instant } from './instant.js';
import { toPortablePattern } from './portable-pattern.js';
import { wordPattern } from './word-match.js';
import type { ValidCondition } from './valid-filter.js';

/** Context for the compilation of one condition. */
export interface Compilation {
  condition: ValidCondition;
  field: ResolvedField;
  bind: Bind;
  now: Instant;
}

/** Throws for a condition that the parser should have rejected. */
export function unsupported({ type, positive }: ValidCondition): never {
  throw new Error(`The filter condition "${positive}" on type ${type} has no SQL`);
}

/** Folds the case of a text expression, limited to the characters that a comparison with these folded values needs. */
function foldedSql(text: string, folded: readonly string[], bind: Bind): string {
  const { from, to } = foldSourcesOf(folded);
  const ascii = `lower(${text} collate "C")`;
  return from === '' ? ascii : `translate(${ascii}, ${bind(from)}::text, ${bind(to)}::text)`;
}

function patternSql(text: string, pattern: string, bind: Bind): string {
  const portable = toPortablePattern(pattern);
  if (!portable.ok) throw new Error(`The filter pattern uses ${portable.reason}`);
  return `(${text} collate "C") ~ ${bind(portable.are)}::text`;
}

/**
 * Compares a text expression with the text of the condition. Both are folded, except for patterns. Null if the text
 * is null.
 */
export function textSql(text: string, { condition, bind }: Compilation): string {
  const { positive, folded, value } = condition;
  if (positive === 'matches') return patternSql(text, value as string, bind);
  const subject = searchesText(positive)
    ? `(kernel.fold_text(${text}) collate "C")`
    : foldedSql(text, typeof folded === 'string' ? [folded] : folded!, bind);
  if (positive === 'in') return `${subject} = any(${bind(folded)}::text[])`;
  const literal = escapeLike(folded as string);
  switch (positive) {
    case 'equals':
      return `${subject} = ${bind(folded)}::text`;
    case 'contains':
      return `${subject} like ${bind(`%${literal}%`)}::text`;
    case 'contains_word':
      // The first comparison is cheap and can use an index.
      return (
        `(${subject} like ${bind(`%${literal}%`)}::text and ` +
        `${subject} ~ ${bind(wordPattern(folded as string))}::text)`
      );
    case 'starts_with':
      return `${subject} like ${bind(`${literal}%`)}::text`;
    case 'ends_with':
      return `${subject} like ${bind(`%${literal}`)}::text`;
    default:
      return unsupported(condition);
  }
}

/**
 * SQL type of bound numbers: bigint for integers, so that an index on an integer column is used, else numeric, which
 * accepts every number.
 */
function numericType(values: readonly number[]): string {
  return values.every(Number.isSafeInteger) ? 'bigint' : 'numeric';
}

/** Compares a number with that of the condition, as `sqlType`. Null if the number is null. */
export function numberSql(
  number: string,
  { condition, bind }: Compilation,
  sqlType = numericType([condition.value].flat() as number[]),
): string {
  const { positive, value } = condition;
  switch (positive) {
    case 'equals':
      return `${number} = ${bind(value)}::${sqlType}`;
    case 'greater_than':
      return `${number} > ${bind(value)}::${sqlType}`;
    case 'less_than':
      return `${number} < ${bind(value)}::${sqlType}`;
    case 'in':
      return `${number} = any(${bind(value)}::${sqlType}[])`;
    case 'between': {
      const [from, to] = value as readonly number[];
      return `(${number} >= ${bind(from)}::${sqlType} and ${number} <= ${bind(to)}::${sqlType})`;
    }
    default:
      return unsupported(condition);
  }
}

/**
 * The half-open range of time, at full precision, in which a time truncated to milliseconds satisfies the condition.
 */
function instantSpan(condition: ValidCondition, now: Instant): { from?: Instant; until?: Instant } {
  const { positive, value } = condition;
  const after = (instant: Instant) => shiftInstant(instant, 1);
  switch (positive) {
    case 'equals':
      return { from: value as Instant, until: after(value as Instant) };
    case 'before':
      return { until: value as Instant };
    case 'after':
      return { from: after(value as Instant) };
    case 'within_last':
      return { from: shiftInstant(now, -1000 * (value as number)), until: after(now) };
    case 'between': {
      const [from, to] = value as readonly Instant[];
      return { from, until: after(to!) };
    }
    default:
      return unsupported(condition);
  }
}

/**
 * Compares a time, a timestamptz or the text of an {@link Instant}, with that of the condition. Null if the time is
 * null.
 */
export function dateSql(date: string, sqlType: 'timestamptz' | 'text', { condition, bind, now }: Compilation): string {
  const { from, until } = instantSpan(condition, now);
  const bounds = [];
  if (from !== undefined) bounds.push(`${date} >= ${bind(from)}::${sqlType}`);
  if (until !== undefined) bounds.push(`${date} < ${bind(until)}::${sqlType}`);
  return `(${bounds.join(' and ')})`;
}

/**
 * Compares an expression with the exact value of the condition. Without `sqlType`, Postgres infers the type from the
 * expression.
 */
export function exactSql(expression: string, sqlType: string, { condition, bind }: Compilation): string {
  const { positive, value } = condition;
  if (positive === 'equals') return `${expression} = ${bind(value)}${sqlType && `::${sqlType}`}`;
  if (positive === 'in') return `${expression} = any(${bind(value)}${sqlType && `::${sqlType}[]`})`;
  return unsupported(condition);
}

/** Compares a text[] with the texts of the condition. Null if the list is null. */
export function listSql(list: string, { condition, field, bind }: Compilation): string {
  const { positive, value, keys } = condition;
  if (field.valuesSql && keys) return `${list} && ${field.valuesSql(`${bind(keys)}::text[]`)}`;
  if (positive === 'contains') return `${list} @> array[${bind(value)}]::text[]`;
  if (positive === 'in') return `${list} && ${bind(value)}::text[]`;
  return unsupported(condition);
}
