import type { Bind } from '../database/bind.js';
import { dateSql, exactSql, listSql, numberSql, textSql, unsupported, type Compilation } from './comparison-sql.js';
import type { ResolvedField, SqlSource } from './field-catalogue.js';
import { storedInstantSql, type Instant } from './instant.js';
import type { ValidCondition } from './valid-filter.js';

function columnPresence(column: string, { condition, field }: Compilation): string {
  const isFilled =
    condition.type === 'text'
      ? `${column} <> ''`
      : condition.type === 'text_list'
        ? `cardinality(${column}) > 0`
        : undefined;
  if (!field.nullable) return isFilled ?? 'true';
  return isFilled === undefined ? `${column} is not null` : `(${column} is not null and ${isFilled})`;
}

function columnSql(column: string, compilation: Compilation): string {
  const { condition, field } = compilation;
  if (condition.positive === 'is_present') return columnPresence(column, compilation);
  if (condition.type === 'boolean') return `${column} is ${condition.value === true ? 'true' : 'false'}`;
  const compared = comparedColumn(column, compilation);
  return field.nullable ? `(${column} is not null and ${compared})` : compared;
}

function comparedColumn(column: string, compilation: Compilation): string {
  const { condition } = compilation;
  switch (condition.type) {
    case 'text':
      return textSql(column, compilation);
    case 'number':
      return numberSql(column, compilation);
    case 'date':
      return dateSql(column, 'timestamptz', compilation);
    case 'id':
      return exactSql(column, 'uuid', compilation);
    case 'enum':
      return exactSql(column, '', compilation);
    case 'text_list':
      return listSql(column, compilation);
    default:
      return unsupported(condition);
  }
}

function jsonSql({ sql, key }: Extract<SqlSource, { kind: 'json' }>, compilation: Compilation): string {
  const { condition, bind } = compilation;
  const object = `(${sql})`;
  if (isContainment(condition)) {
    const contained = { [key]: condition.type === 'text_list' ? [condition.value] : condition.value };
    return `(${object} is not null and ${object} @> ${bind(JSON.stringify(contained))}::jsonb)`;
  }
  const name = `${bind(key)}::text`;
  const member = `(${object} -> ${name})`;
  if (condition.positive === 'is_present') {
    return `coalesce(${member} <> all(array['null', '""', '[]']::jsonb[]), false)`;
  }
  const text = `(case when jsonb_typeof(${member}) = 'string' then ${object} ->> ${name} end)`;
  if (condition.type === 'date')
    return `coalesce(${dateSql(storedInstantSql(`(${object} ->> ${name})`), 'text', compilation)}, false)`;
  return `coalesce(${comparedMember(member, text, compilation)}, false)`;
}

/** True for comparisons that jsonb containment computes exactly, so that a GIN index on the object can be used. */
function isContainment({ type, positive }: ValidCondition): boolean {
  if (positive === 'equals') return type === 'number' || type === 'boolean' || type === 'enum';
  return positive === 'contains' && type === 'text_list';
}

function comparedMember(member: string, text: string, compilation: Compilation): string {
  const { condition, bind } = compilation;
  const list = () => `(jsonb_typeof(${member}) = 'array' and ${member} ?| ${bind([condition.value].flat())}::text[])`;
  switch (condition.type) {
    case 'text':
      return textSql(text, compilation);
    case 'text_list':
      return list();
    case 'text_or_list':
      return `(coalesce(${textSql(text, compilation)}, false) or ${list()})`;
    case 'number':
      return (
        `case when jsonb_typeof(${member}) = 'number' ` +
        `then ${numberSql(`${member}::numeric`, compilation, 'numeric')} end`
      );
    case 'id':
      return exactSql(`lower(${text} collate "C")`, 'text', compilation);
    case 'enum':
      return exactSql(`(${text} collate "C")`, 'text', compilation);
    default:
      return unsupported(condition);
  }
}

/**
 * The positive half of a condition as SQL that is true or false, never null. `compileFilter` negates it for negative
 * operators.
 */
export function conditionSql(condition: ValidCondition, field: ResolvedField, bind: Bind, now: Instant): string {
  const compilation = { condition, field, bind, now };
  if (!field.source) return unsupported(condition);
  return field.source.kind === 'column'
    ? columnSql(`(${field.source.sql})`, compilation)
    : jsonSql(field.source, compilation);
}
