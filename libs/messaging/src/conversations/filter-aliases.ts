import { FILTER_LIMITS } from '@parley/kernel/filter';

/** Id that belongs to no object. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Documentation of the aliases that filters accept in place of ids. */
export const FILTER_ALIASES_DESCRIPTION =
  '`me` is the caller in conditions on `assignee_id` and `participant_ids`; `none` stands for no ' +
  'value in conditions on `assignee_id`, `team_id` and `inbox_id`.';

const FIELDS_WITH_ME: ReadonlySet<unknown> = new Set(['assignee_id', 'participant_ids']);
const FIELDS_WITH_NONE: ReadonlySet<unknown> = new Set(['assignee_id', 'team_id', 'inbox_id']);
const NEGATED_OPERATORS: ReadonlySet<unknown> = new Set(['not_equals', 'not_in']);
const GROUPS: ReadonlySet<string> = new Set(['all', 'any', 'not']);

type Condition = Readonly<Record<string, unknown>>;

/**
 * Replaces the alias `me` with a user id. Keeps all other nodes in place, valid or not, so that validation errors have
 * the original paths.
 */
export function replaceMe(filter: unknown, userId: string): unknown {
  return rewriteConditions(filter, (condition) =>
    FIELDS_WITH_ME.has(condition.field) ? replaceValue(condition, 'me', userId) : condition,
  );
}

/** Returns the paths of the values `me`. */
export function findMePaths(filter: unknown): string[] {
  const paths: string[] = [];
  rewriteConditions(filter, (condition, path) => {
    if (FIELDS_WITH_ME.has(condition.field) && hasValue(condition.value, 'me')) paths.push(`${path}.value`);
    return condition;
  });
  return paths;
}

/** Replaces the alias `none` with the nil UUID, so that the rest of the filter can be validated. */
export function replaceNone(filter: unknown): unknown {
  return rewriteConditions(filter, (condition) =>
    FIELDS_WITH_NONE.has(condition.field) ? replaceValue(condition, 'none', NIL_UUID) : condition,
  );
}

/**
 * Replaces the alias `none` with conditions on presence. Expects a filter that was validated after {@link replaceNone}.
 */
export function expandNone(filter: unknown): unknown {
  return rewriteConditions(filter, (condition) => {
    const { field, operator, value } = condition;
    if (!FIELDS_WITH_NONE.has(field) || !hasValue(value, 'none')) return condition;
    const isNegated = NEGATED_OPERATORS.has(operator);
    const absent = { field, operator: isNegated ? 'is_present' : 'is_not_present' };
    const ids = Array.isArray(value) ? value.filter((item) => item !== 'none') : [];
    return ids.length === 0 ? absent : { [isNegated ? 'all' : 'any']: [{ ...condition, value: ids }, absent] };
  });
}

function rewriteConditions(
  node: unknown,
  rewrite: (condition: Condition, path: string) => unknown,
  path = 'filter',
  depth = 0,
): unknown {
  if (typeof node !== 'object' || node === null || depth > FILTER_LIMITS.depth) return node;
  if (Array.isArray(node))
    return node.map((item, index) => rewriteConditions(item, rewrite, `${path}[${index}]`, depth));
  if ('field' in node) return Object.hasOwn(node, 'value') ? rewrite(node as Condition, path) : node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      GROUPS.has(key) ? rewriteConditions(value, rewrite, `${path}.${key}`, depth + 1) : value,
    ]),
  );
}

function hasValue(value: unknown, alias: string): boolean {
  return value === alias || (Array.isArray(value) && value.includes(alias));
}

function replaceValue(condition: Condition, alias: string, id: string): Condition {
  const { value } = condition;
  const substitute = (item: unknown): unknown => (item === alias ? id : item);
  return { ...condition, value: Array.isArray(value) ? value.map(substitute) : substitute(value) };
}
