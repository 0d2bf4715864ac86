import { EXACT_TOTAL_LIMIT, type CursorValue, type PageRequest } from './page.js';

/** A column of the order; the last one must be unique. None may be null. */
export interface OrderKey {
  /** SQL expression, as the index has it. */
  readonly sql: string;
  /** SQL type that cursor values are cast to. */
  readonly type: 'timestamptz' | 'uuid' | 'text' | 'int' | 'bigint';
}

/**
 * A condition that an index answers well when few rows meet it, and badly when many do: of words, Postgres gathers all
 * entries before it gives the first. Where it is common the rows are walked in their order instead until enough meet it.
 */
export interface SearchCondition {
  /** Whether it is worth walking: a query of one row and column, cheap whatever the answer. */
  readonly commonCheck: string;
  /** The condition as the index answers it. */
  readonly indexCondition: string;
  /** The same, looked up row by row. */
  readonly rowCondition: string;
  /** Rows walked at most. */
  readonly maxScannedRows: number;
}

/** A list in SQL. Every text in it is the repository's own; whatever comes from outside stands in `values`. */
export interface ListQuery {
  /** Prefix of the statement's name. */
  readonly domain: string;
  readonly select: string;
  /** Tables of the page, with everything that is shown. */
  readonly from: string;
  /** Tables that the conditions need, for counting; default `from`. */
  readonly countFrom?: string;
  /** Conditions on `$1` … `$n`, all of which hold. */
  readonly where: readonly string[];
  /** One more condition, on tables of `countFrom`. */
  readonly search?: SearchCondition;
  readonly values: readonly unknown[];
  readonly order: readonly OrderKey[];
  readonly request: PageRequest;
}

/** A text with the values of its parameters. */
export interface Sql {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * One page, and with `counted` the total: `__count`; or, where rows were walked to find the page, `__walked`: how many
 * were looked at, and how many of them meet the condition.
 */
export function pageSql(query: ListQuery, counted: boolean): Sql {
  const { request, order, search } = query;
  const values: unknown[] = [...query.values];
  const where = [...query.where];
  if ('after' in request.start) {
    const { after } = request.start;
    const bounds = order.map((key, index) => `$${values.push(after[index] ?? null)}::${key.type}`);
    where.push(
      `(${order.map((key) => key.sql).join(', ')}) ${request.direction === 'asc' ? '>' : '<'} (${bounds.join(', ')})`,
    );
  }
  const skipped = 'offset' in request.start ? request.start.offset : 0;
  const offset = skipped > 0 ? `offset $${values.push(skipped)}` : '';
  const page: PageParts = {
    where,
    offset,
    limit: `$${values.push(request.limit + 1)}`,
    columns: `${query.select}, json_build_array(${order.map((key) => key.sql).join(', ')}) as "__keys"`,
    sorting: order.map((key) => `${key.sql} ${request.direction}`).join(', '),
  };
  return { text: search ? searchedSql(query, search, page, counted) : plainSql(query, page, counted), values };
}

/** How many rows there are, up to one more than are counted exactly. */
export function countSql(query: ListQuery): string {
  return `(select count(*) from (select 1 from ${query.countFrom ?? query.from} where ${conditionsOf(query).join(' and ')} limit ${EXACT_TOTAL_LIMIT + 1}) counted)`;
}

/** All conditions, as an index answers them. */
export function conditionsOf({ where, search }: ListQuery): readonly string[] {
  return search ? [...where, search.indexCondition] : where;
}

/** The conditions on what is walked; the search stands in it as something that is known beforehand, because a statement has to speak of each of its values. */
export function scanConditions({ where, search }: ListQuery): readonly string[] {
  return search ? [...where, `(${search.commonCheck}) is not null`] : where;
}

/** A row as {@link pageSql} gives it, besides what was selected. */
export interface PageRow {
  readonly __count: number | null;
  readonly __walked?: readonly [walked: number, met: number] | null;
  readonly __keys: CursorValue[] | null;
}

interface PageParts {
  readonly columns: string;
  readonly where: readonly string[];
  readonly sorting: string;
  /** Parameter of one row more than the page has. */
  readonly limit: string;
  readonly offset: string;
}

function plainSql(query: ListQuery, { columns, where, sorting, limit, offset }: PageParts, counted: boolean): string {
  const page = `select ${columns} from ${query.from} where ${where.join(' and ')} order by ${sorting} limit ${limit} ${offset}`;
  return `select total.n as "__count", page.* from (select ${counted ? countSql(query) : 'null::bigint'} as n) total left join lateral (${page}) page on true`;
}

// Walking is enough when it fills the page, or came to the end of the list. What is not needed of it is not done: its
// rows are drawn one by one.
function searchedSql(
  query: ListQuery,
  { commonCheck, indexCondition, rowCondition, maxScannedRows }: SearchCondition,
  { columns, where, sorting, limit, offset }: PageParts,
  counted: boolean,
): string {
  const id = query.order.at(-1)!.sql;
  const total = counted
    ? `case when not (select yes from enough) then ${countSql(query)} end as "__count", case when (select yes from enough) then (select json_build_array(count(*), count(*) filter (where holds)) from walked) end as "__walked"`
    : 'null::bigint as "__count"';
  const keys = query.order.map((key, index) => `${key.sql} as "__key_${index}"`).join(', ');
  const rows = (conditions: readonly string[], from: string): string =>
    `(select ${columns}, ${keys} from ${query.from} where ${[...where, ...conditions].join(' and ')} order by ${sorting} limit ${limit} ${from})`;
  return `
    with way as materialized (select (${commonCheck}) as walk), walked as materialized (
      select ${id} as id, coalesce(${rowCondition}, false) as holds from ${query.countFrom ?? query.from} where ${[...where, '(select walk from way)'].join(' and ')} order by ${sorting} limit ${maxScannedRows}
    ), met as materialized (select id from walked where holds limit ${limit} ${offset}),
    enough as materialized (select (select walk from way) and ((select count(*) from met) = ${limit} or (select count(*) from walked) < ${maxScannedRows}) as yes)
    select total.*, page.* from (select ${total}) total left join lateral (
      select * from (
        ${rows([`${id} = any(array(select id from met))`, '(select yes from enough)'], '')}
        union all ${rows([indexCondition, 'not (select yes from enough)'], offset)}
      ) either order by ${query.order.map((_key, index) => `"__key_${index}" ${query.request.direction}`).join(', ')}
    ) page on true`;
}
