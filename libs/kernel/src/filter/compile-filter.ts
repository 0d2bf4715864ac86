import { createBinder } from '../database/bind.js';
import { conditionSql } from './condition-sql.js';
import type { FieldCatalogue } from './field-catalogue.js';
import type { ValidCondition, ValidFilter, ValidNode } from './valid-filter.js';

/**
 * Compiles a filter into a SQL boolean expression, in parentheses where necessary.
 *
 * Values are appended to `params` and referenced as `$n`, counted from the existing length of `params`. The text
 * contains only the SQL expressions of the catalogue and fixed operators. The expression is true or false, never null,
 * so that it can be negated or selected, and it selects exactly the rows for which `evaluateFilter` is true. Requires a
 * UTF-8 database, Postgres 15 or newer, of any locale, with the function `kernel.fold_text`.
 *
 * Useful indexes: btree on the plain column for `id`, `enum`, `number` and `date`; GIN on `text[]`; btree or trigram
 * GIN on `kernel.fold_text(column)` for searches in text, btree on `lower(column collate "C")` for equal texts; GIN on the jsonb object for exact comparisons of custom fields.
 *
 * @param now the instant from which `within_last` counts back
 * @throws Error if the filter was parsed for memory or does not fit this catalogue, which is a programming error.
 */
export function compileFilter(
  filter: ValidFilter,
  catalogue: FieldCatalogue,
  params: unknown[],
  { now }: { now: Date },
): string {
  if (filter.purpose !== 'sql') throw new Error('Only a filter that was parsed with purpose "sql" can be compiled');
  const bind = createBinder(params);
  const instant = now.toISOString();

  const compileCondition = (condition: ValidCondition): string => {
    const field = catalogue.resolve(condition.field);
    const fits = field && (field.type === condition.type || field.type === 'untyped');
    if (!fits)
      throw new Error(
        `The filter field "${condition.field}" does not match the catalogue that the filter was parsed with`,
      );
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
