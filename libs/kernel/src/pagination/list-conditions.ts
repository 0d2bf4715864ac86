import type { Bind } from '../database/bind.js';
import type { TimedPageQueryDto } from './page-query.dto.js';

/**
 * Ranges of the creation and update times of listed objects: from the first (inclusive) to the second (exclusive). ISO
 * 8601.
 */
export interface TimeRange {
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** Reads the time ranges from the query of a list. */
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

/** Conditions for a column between two times. */
export function rangeConditions(
  column: string,
  from: string | undefined,
  to: string | undefined,
  bind: Bind,
): string[] {
  return [...(from ? [`${column} >= ${bind(from)}`] : []), ...(to ? [`${column} < ${bind(to)}`] : [])];
}

/**
 * Conditions for objects created and updated within the ranges.
 * @param columns alias of a table with `created_at` and `updated_at`, or their SQL expressions. Objects that never
 * change have no `updated`.
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

/**
 * A condition that is true if the column has one of the IDs, or is null if `values` contains null, or if one of
 * `others` is true.
 */
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
