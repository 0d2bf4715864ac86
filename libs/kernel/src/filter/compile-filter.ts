import { createBinder } from '../database/bind.js';
import { conditionSql } from './condition-sql.js';
import type { FieldCatalogue } from './field-catalogue.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/**
 * Compiles a filter into a SQL boolean expression, wrapped in parentheses where it needs them.
 *
 * Values are appended to `params` and referred to as `$n`, counting from what `params` already holds; the text is made of the catalogue's
 * SQL expressions and fixed operators alone. The expression is true or false, never null, so it may be negated or selected, and it
 * selects exactly the rows for which `evaluateFilter` is true. Needs a UTF-8 database, Postgres 15 or newer, of any locale.
 *
 * Indexes that serve it: btree on the plain column for `id`, `enum`, `number`, `date`; GIN on `text[]`; btree or trigram GIN on
 * `lower(column collate "C")` for text; GIN on the jsonb object for exact comparisons of custom fields.
 *
 * Throws an `Error` for a filter that was parsed for memory or does not fit this catalogue: a programmer's fault.
 *
 * @param now the instant that `within_last` counts back from
 */
export function compileFilter(
  filter: ValidFilter,
  catalogue: FieldCatalogue,
  params: unknown[],
  { now }: { now: Date },
): string {
  if (filter.purpose !== 'sql') throw new Error('Only a filter parsed with purpose "sql" can be compiled');
  const bind = createBinder(params);
  const instant = now.toISOString();

  const compileCondition = (condition: ValidCondition): string => {
    const field = catalogue.resolve(condition.field);
    const fits = field && (field.type === condition.type || field.type === 'untyped');
    if (!fits) throw new Error(`The filter field "${condition.field}" is not the one the filter was parsed with`);
    const sql = conditionSql(condition, field, bind, instant);
    return condition.negated ? `not (${sql})` : sql;
  };

  const compile = (node: ValidNode): string => {
    if (node.kind === 'condition') return compileCondition(node);
    if (node.kind === 'not') return `not (${compile(node.child)})`;
    if (node.children.length === 0) return 'true';
    return `(${node.children.map(compile).join(node.kind === 'all' ? ' and ' : ' or ')})`;
  };
  return compile(filter.root);
}
