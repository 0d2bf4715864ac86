import { FILTER_LIMITS } from '@parley/kernel';

/** An id that is nobody's. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What the words that may stand for ids in a filter mean, for the documentation. */
export const FILTER_WORDS =
  '`me` stands for the caller where `assignee_id` or `participant_ids` are compared, `none` for nobody where `assignee_id`, `team_id` or `inbox_id` are.';

const WITH_ME: ReadonlySet<unknown> = new Set(['assignee_id', 'participant_ids']);
const WITH_NONE: ReadonlySet<unknown> = new Set(['assignee_id', 'team_id', 'inbox_id']);
const TURNED_AROUND: ReadonlySet<unknown> = new Set(['not_equals', 'not_in']);
const GROUPS: ReadonlySet<string> = new Set(['all', 'any', 'not']);

type Condition = Readonly<Record<string, unknown>>;

/** A filter with a user in place of the word `me`. Whatever else it holds, sound or not, stays where it is, so that faults are found where they were. */
export function withMe(filter: unknown, userId: string): unknown {
  return rewritten(filter, (condition) =>
    WITH_ME.has(condition.field) ? replaced(condition, 'me', userId) : condition,
  );
}

/** The paths of the values that say `me`. */
export function placesOfMe(filter: unknown): string[] {
  const places: string[] = [];
  rewritten(filter, (condition, path) => {
    if (WITH_ME.has(condition.field) && says(condition.value, 'me')) places.push(`${path}.value`);
    return condition;
  });
  return places;
}

/** A filter with an id in place of the word `none`, by which the rest of it can be checked. */
export function withNobody(filter: unknown): unknown {
  return rewritten(filter, (condition) =>
    WITH_NONE.has(condition.field) ? replaced(condition, 'none', NOBODY) : condition,
  );
}

/** A filter in which having nobody is asked for by conditions of its own; one that was checked by {@link withNobody} before. */
export function withoutNone(filter: unknown): unknown {
  return rewritten(filter, (condition) => {
    const { field, operator, value } = condition;
    if (!WITH_NONE.has(field) || !says(value, 'none')) return condition;
    const turned = TURNED_AROUND.has(operator);
    const absent = { field, operator: turned ? 'is_present' : 'is_not_present' };
    const ids = Array.isArray(value) ? value.filter((one) => one !== 'none') : [];
    return ids.length === 0 ? absent : { [turned ? 'all' : 'any']: [{ ...condition, value: ids }, absent] };
  });
}

function rewritten(
  node: unknown,
  rewrite: (condition: Condition, path: string) => unknown,
  path = 'filter',
  depth = 0,
): unknown {
  if (typeof node !== 'object' || node === null || depth > FILTER_LIMITS.depth) return node;
  if (Array.isArray(node)) return node.map((one, index) => rewritten(one, rewrite, `${path}[${index}]`, depth));
  if ('field' in node) return Object.hasOwn(node, 'value') ? rewrite(node as Condition, path) : node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      GROUPS.has(key) ? rewritten(value, rewrite, `${path}.${key}`, depth + 1) : value,
    ]),
  );
}

function says(value: unknown, word: string): boolean {
  return value === word || (Array.isArray(value) && value.includes(word));
}

function replaced(condition: Condition, word: string, id: string): Condition {
  const { value } = condition;
  const named = (one: unknown): unknown => (one === word ? id : one);
  return { ...condition, value: Array.isArray(value) ? value.map(named) : named(value) };
}
