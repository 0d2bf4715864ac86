import type { Changed } from '@parley/kernel';

/**
 * What of `after` is not as it was `before`, field by field in the order of `after`; what only `before` has does not count.
 * Values are the same when they have the same JSON.
 */
export function changesBetween<Fields extends object>(before: NoInfer<Fields>, after: Fields): Changed {
  const fields = Object.keys(after) as (keyof Fields & string)[];
  return Object.fromEntries(fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => [field, [before[field], after[field]]]));
}
