import type { TimedPageQueryDto } from '@parley/kernel';

/** Takes a value of a statement and gives the parameter that stands for it. */
export type Bind = (value: unknown) => string;

/** Puts values into a statement's list of them. */
export function binder(values: unknown[]): Bind {
  return (value) => `$${values.push(value)}`;
}

/** Between which times things were made and changed: at or after the one, before the other. ISO 8601. */
export interface TimeRanges {
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** The times that a query of a list names. */
export function toTimeRanges(query: Pick<TimedPageQueryDto, 'created_after' | 'created_before' | 'updated_after' | 'updated_before'>): TimeRanges {
  return { createdAfter: query.created_after, createdBefore: query.created_before, updatedAfter: query.updated_after, updatedBefore: query.updated_before };
}

/** Hold for what lies between two times; of a column. */
export function between(column: string, from: string | undefined, to: string | undefined, bind: Bind): string[] {
  return [...(from ? [`${column} >= ${bind(from)}`] : []), ...(to ? [`${column} < ${bind(to)}`] : [])];
}

/** Hold for what was made and changed within the times; of the columns `created_at` and `updated_at` of the table under this alias. */
export function inTimeRanges(alias: string, { createdAfter, createdBefore, updatedAfter, updatedBefore }: TimeRanges, bind: Bind): string[] {
  return [...between(`${alias}.created_at`, createdAfter, createdBefore, bind), ...between(`${alias}.updated_at`, updatedAfter, updatedBefore, bind)];
}

/** Holds where a column has any of the ids, or none where null is among them, or where any of the other conditions holds. */
export function anyOf(column: string, wanted: readonly (string | null)[], bind: Bind, others: readonly string[] = []): string {
  const ids = wanted.filter((id) => id !== null);
  const choices = [...(ids.length > 0 ? [`${column} = any(${bind(ids)})`] : []), ...(ids.length < wanted.length ? [`${column} is null`] : []), ...others];
  return choices.length === 1 ? choices[0]! : `(${choices.join(' or ')})`;
}
