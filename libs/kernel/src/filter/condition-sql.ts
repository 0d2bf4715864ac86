import { foldSourcesOf } from './case-fold.js';
import type { ResolvedField, SqlSource } from './field-catalogue.js';
import { storedInstantSql, shiftInstant, type Instant } from './instant.js';
import { toPortablePattern } from './portable-pattern.js';
import type { ValidCondition } from './valid-filter.js';

/** Adds a parameter to the query and gives its placeholder. */
export type Bind = (value: unknown) => string;

interface Compilation {
  condition: ValidCondition;
  field: ResolvedField;
  bind: Bind;
  now: Instant;
}

function unsupported({ type, positive }: ValidCondition): never {
  throw new Error(`The filter condition "${positive}" on type ${type} has no SQL`);
}

/** A text expression with case folded, as far as comparing it with these folded values needs. */
function foldedSql(text: string, folded: readonly string[], bind: Bind): string {
  const { from, to } = foldSourcesOf(folded);
  const ascii = `lower(${text} collate "C")`;
  return from === '' ? ascii : `translate(${ascii}, ${bind(from)}::text, ${bind(to)}::text)`;
}

function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function patternSql(text: string, pattern: string, bind: Bind): string {
  const portable = toPortablePattern(pattern);
  if (!portable.ok) throw new Error(`The filter pattern uses ${portable.reason}`);
  return `(${text} collate "C") ~ ${bind(portable.are)}::text`;
}

function textSql(text: string, { condition, bind }: Compilation): string {
  const { positive, folded, value } = condition;
  if (positive === 'matches') return patternSql(text, value as string, bind);
  const subject = foldedSql(text, typeof folded === 'string' ? [folded] : folded!, bind);
  if (positive === 'in') return `${subject} = any(${bind(folded)}::text[])`;
  const literal = likeLiteral(folded as string);
  switch (positive) {
    case 'equals':
      return `${subject} = ${bind(folded)}::text`;
    case 'contains':
      return `${subject} like ${bind(`%${literal}%`)}::text`;
    case 'starts_with':
      return `${subject} like ${bind(`${literal}%`)}::text`;
    case 'ends_with':
      return `${subject} like ${bind(`%${literal}`)}::text`;
    default:
      return unsupported(condition);
  }
}

/** Whole numbers are bound as bigint, which keeps an index on an integer column usable; others as numeric, which never fails to parse. */
function numericType(values: readonly number[]): string {
  return values.every(Number.isSafeInteger) ? 'bigint' : 'numeric';
}

function numberSql(number: string, { condition, bind }: Compilation, sqlType = numericType([condition.value].flat() as number[])): string {
  const { positive, value } = condition;
  switch (positive) {
    case 'equals':
      return `${number} = ${bind(value)}::${sqlType}`;
    case 'greater_than':
      return `${number} > ${bind(value)}::${sqlType}`;
    case 'less_than':
      return `${number} < ${bind(value)}::${sqlType}`;
    case 'in':
      return `${number} = any(${bind(value)}::${sqlType}[])`;
    case 'between': {
      const [from, to] = value as readonly number[];
      return `(${number} >= ${bind(from)}::${sqlType} and ${number} <= ${bind(to)}::${sqlType})`;
    }
    default:
      return unsupported(condition);
  }
}

/** The half-open span of time, at full precision, in which an instant cut to milliseconds satisfies the condition. */
function instantSpan(condition: ValidCondition, now: Instant): { from?: Instant; until?: Instant } {
  const { positive, value } = condition;
  const after = (instant: Instant) => shiftInstant(instant, 1);
  switch (positive) {
    case 'equals':
      return { from: value as Instant, until: after(value as Instant) };
    case 'before':
      return { until: value as Instant };
    case 'after':
      return { from: after(value as Instant) };
    case 'within_last':
      return { from: shiftInstant(now, -1000 * (value as number)), until: after(now) };
    case 'between': {
      const [from, to] = value as readonly Instant[];
      return { from, until: after(to!) };
    }
    default:
      return unsupported(condition);
  }
}

function dateSql(date: string, sqlType: 'timestamptz' | 'text', { condition, bind, now }: Compilation): string {
  const { from, until } = instantSpan(condition, now);
  const bounds = [];
  if (from !== undefined) bounds.push(`${date} >= ${bind(from)}::${sqlType}`);
  if (until !== undefined) bounds.push(`${date} < ${bind(until)}::${sqlType}`);
  return `(${bounds.join(' and ')})`;
}

function exactSql(expression: string, sqlType: string, { condition, bind }: Compilation): string {
  const { positive, value } = condition;
  if (positive === 'equals') return `${expression} = ${bind(value)}${sqlType && `::${sqlType}`}`;
  if (positive === 'in') return `${expression} = any(${bind(value)}${sqlType && `::${sqlType}[]`})`;
  return unsupported(condition);
}

function listSql(list: string, { condition, bind }: Compilation): string {
  const { positive, value } = condition;
  if (positive === 'contains') return `${list} @> array[${bind(value)}]::text[]`;
  if (positive === 'in') return `${list} && ${bind(value)}::text[]`;
  return unsupported(condition);
}

function columnPresence(column: string, { condition, field }: Compilation): string {
  const filled = condition.type === 'text' ? `${column} <> ''` : condition.type === 'text_list' ? `cardinality(${column}) > 0` : undefined;
  if (!field.nullable) return filled ?? 'true';
  return filled === undefined ? `${column} is not null` : `(${column} is not null and ${filled})`;
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
  if (condition.type === 'date') return `coalesce(${dateSql(storedInstantSql(`(${object} ->> ${name})`), 'text', compilation)}, false)`;
  return `coalesce(${comparedMember(member, text, compilation)}, false)`;
}

/** Comparisons that are exact in jsonb as well, so that a GIN index on the object serves them. */
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
      return `case when jsonb_typeof(${member}) = 'number' then ${numberSql(`${member}::numeric`, compilation, 'numeric')} end`;
    case 'id':
      return exactSql(`lower(${text} collate "C")`, 'text', compilation);
    case 'enum':
      return exactSql(`(${text} collate "C")`, 'text', compilation);
    default:
      return unsupported(condition);
  }
}

/** A condition's positive half as SQL that is true or false, never null; `compileFilter` turns it around where the operator is negative. */
export function conditionSql(condition: ValidCondition, field: ResolvedField, bind: Bind, now: Instant): string {
  const compilation = { condition, field, bind, now };
  if (!field.source) return unsupported(condition);
  return field.source.kind === 'column' ? columnSql(`(${field.source.sql})`, compilation) : jsonSql(field.source, compilation);
}
