import { FILTER_LIMITS } from '@parley/kernel';

/** Whom `me` stands for where nobody looks. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Fields that hold users. */
const USER_FIELDS: ReadonlySet<unknown> = new Set(['assignee_id', 'participant_ids']);

type Plain = Readonly<Record<string, unknown>>;

/**
 * A filter with a user in place of the word `me` wherever a condition compares a user. Whatever else it holds, sound or not, stays where it is, so that faults are found where they were.
 */
export function withMe(filter: unknown, userId: string | null, depth = 0): unknown {
  if (typeof filter !== 'object' || filter === null || depth > FILTER_LIMITS.depth) return filter;
  if (Array.isArray(filter)) return filter.map((node) => withMe(node, userId, depth));
  const node = filter as Plain;
  if (USER_FIELDS.has(node.field)) return { ...node, ...(Object.hasOwn(node, 'value') && { value: named(node.value, userId ?? NOBODY) }) };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === 'all' || key === 'any' || key === 'not' ? withMe(value, userId, depth + 1) : value]));
}

function named(value: unknown, userId: string): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => (one === 'me' ? userId : one));
  return value === 'me' ? userId : value;
}
