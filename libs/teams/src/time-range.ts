import type { TimedPageQueryDto } from '@parley/kernel';

/** When what is listed was made, and changed last; ISO 8601. */
export interface TimeRange {
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** The times that a list is narrowed to. */
export function timeRangeOf(query: Pick<TimedPageQueryDto, 'created_after' | 'created_before' | 'updated_after' | 'updated_before'>): TimeRange {
  return { createdAfter: query.created_after, createdBefore: query.created_before, updatedAfter: query.updated_after, updatedBefore: query.updated_before };
}

/** The same as conditions on these SQL expressions; what never changes has no `updated`. */
export function timeConditions(range: TimeRange, { created, updated }: { readonly created: string; readonly updated?: string }, bind: (value: unknown) => string): string[] {
  const bounds: readonly (readonly [condition: string, value: string | undefined])[] = [
    [`${created} >=`, range.createdAfter], [`${created} <`, range.createdBefore], ...(updated === undefined ? [] : [[`${updated} >=`, range.updatedAfter], [`${updated} <`, range.updatedBefore]] as const),
  ];
  return bounds.flatMap(([condition, value]) => (value === undefined ? [] : [`${condition} ${bind(value)}`]));
}
