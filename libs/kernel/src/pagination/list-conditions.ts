import type { Bind } from '../database/bind.js';
import type { TimedPageQueryDto } from './page-query.dto.js';

/** When what is listed was made, and changed last: at or after the one time, before the other. ISO 8601. */
export interface TimeRange {
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** The times that a query of a list names. */
export function toTimeRange(
  query: Pick<TimedPageQueryDto, 'created_after' | 'created_before' | 'updated_after' | 'updated_before'>,
): TimeRange {
  return {
    createdAfter: query.created_after,
    createdBefore: query.created_before,
    updatedAfter: query.updated_after,
    updatedBefore: query.updated_before,
  };
}

/** Conditions that hold where a column lies between two times. */
export function rangeConditions(
  column: string,
  from: string | undefined,
  to: string | undefined,
  bind: Bind,
): string[] {
  return [...(from ? [`${column} >= ${bind(from)}`] : []), ...(to ? [`${column} < ${bind(to)}`] : [])];
}

/**
 * Conditions that hold for what was made and changed within the times.
 * @param columns the alias of a table with `created_at` and `updated_at`, or the SQL expressions of these; what never changes has no `updated`.
 */
export function timeConditions(
  range: TimeRange,
  columns: string | { readonly created: string; readonly updated?: string },
  bind: Bind,
): string[] {
  const { created, updated } =
    typeof columns === 'string' ? { created: `${columns}.created_at`, updated: `${columns}.updated_at` } : columns;
  return [
    ...rangeConditions(created, range.createdAfter, range.createdBefore, bind),
    ...(updated === undefined ? [] : rangeConditions(updated, range.updatedAfter, range.updatedBefore, bind)),
  ];
}

/** A condition that holds where a column has any of the ids, or none where null is among them, or where any of the other conditions holds. */
export function anyOfCondition(
  column: string,
  values: readonly (string | null)[],
  bind: Bind,
  others: readonly string[] = [],
): string {
  const ids = values.filter((id) => id !== null);
  const conditions = [
    ...(ids.length > 0 ? [`${column} = any(${bind(ids)})`] : []),
    ...(ids.length < values.length ? [`${column} is null`] : []),
    ...others,
  ];
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(' or ')})`;
}
