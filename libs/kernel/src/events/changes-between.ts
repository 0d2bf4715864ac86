import type { Changed } from './domain-event.js';

/**
 * What of `after` is not as it was `before`, field by field in the order of `after`; what only `before` has does not count.
 * Values are the same when they have the same JSON.
 * @param wireNames of the fields that events call otherwise.
 */
export function changesBetween<Fields extends object>(
  before: { readonly [Field in keyof Fields]?: unknown },
  after: Fields,
  wireNames: { readonly [Field in keyof Fields]?: string } = {},
): Changed {
  const fields = (Object.keys(after) as (keyof Fields & string)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(fields.map((field) => [wireNames[field] ?? field, [before[field], after[field]]]));
}
