import type { Changed } from './domain-event.js';

/**
 * The fields of `after` that differ from `before`, in the order of `after`. Fields that only `before` has are ignored.
 * Values are equal if their JSON is equal.
 * @param wireNames names in events, for fields with another name there.
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
