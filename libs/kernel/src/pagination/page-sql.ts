import { EXACT_TOTAL_LIMIT, type CursorValue, type PageRequest } from './page.js';

/** A column of the order. The last one must be unique; none can be null. */
export interface OrderKey {
  /** SQL expression, as in the index. */
  readonly sql: string;
  /** SQL type for values of a cursor. */
  readonly type: 'timestamptz' | 'uuid' | 'text' | 'int' | 'bigint';
}

/** The Unicode collation (CLDR root): letters with accents follow their base letter, in lower and upper case. */
const NAME_COLLATION = '"und-x-icu"';

/** SQL of a name for sorting. An index of the order uses the same expression. */
export function sortableName(sql: string): string {
  return `(${sql} collate ${NAME_COLLATION})`;
}

/** The sort key of a name. */
export function nameKey(sql: string): OrderKey {
  return { sql: sortableName(sql), type: 'text' };
}

/**
 * A condition that an index finds quickly if few rows match and slowly if many do: for a text search, Postgres collects
 * all matches before it returns the first. If matches are common, the rows are scanned in their order until enough of
 * them match.
 */
export interface SearchCondition {
  /** A query of one row and column that decides if a scan is worthwhile. Must be cheap in all cases. */
  readonly commonCheck: string;
  /** The condition in the form that the index supports. */
  readonly indexCondition: string;
  /** The same condition, checked row by row. */
  readonly rowCondition: string;
  /** Maximum number of scanned rows. */
  readonly maxScannedRows: number;
}

/** A list in SQL. All texts in it are constants of the repository; untrusted input is only in `values`. */
export interface ListQuery {
  /** Prefix of the statement name. */
  readonly domain: string;
  readonly select: string;
  /** Tables of the page, including those of all selected columns. */
  readonly from: string;
  /** Tables of the conditions, for counting. Default: `from`. */
  readonly countFrom?: string;
  /** Conditions on `$1` … `$n`, combined with "and". */
  readonly where: readonly string[];
  /** One more condition, on tables of `countFrom`. */
  readonly search?: SearchCondition;
  readonly values: readonly unknown[];
  readonly order: readonly OrderKey[];
  readonly request: PageRequest;
}

/** SQL text with the values of its parameters. */
export interface Sql {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Builds the query of one page. With `counted` it includes the total, as `__count`, or as `__scanned` if rows were
 * scanned to find the page: the number of scanned rows and the number of matching rows among them.
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

/** Number of rows, up to one more than the limit for exact totals. */
export function countSql(query: ListQuery): string {
  const where = conditionsOf(query).join(' and ');
  const rows = `select 1 from ${query.countFrom ?? query.from} where ${where} limit ${EXACT_TOTAL_LIMIT + 1}`;
  return `(select count(*) from (${rows}) counted)`;
}

/** All conditions, in the form that an index supports. */
export function conditionsOf({ where, search }: ListQuery): readonly string[] {
  return search ? [...where, search.indexCondition] : where;
}

/**
 * The conditions on the scanned rows. They include the check of the search condition, because a statement must refer to
 * each of its parameters.
 */
export function scanConditions({ where, search }: ListQuery): readonly string[] {
  return search ? [...where, `(${search.commonCheck}) is not null`] : where;
}

/** Columns of {@link pageSql} in addition to the selected ones. */
export interface PageRow {
  readonly __count: number | null;
  readonly __scanned?: readonly [scanned: number, matched: number] | null;
  readonly __keys: CursorValue[] | null;
}

interface PageParts {
  readonly columns: string;
  readonly where: readonly string[];
  readonly sorting: string;
  /** Parameter with the page size plus one. */
  readonly limit: string;
  readonly offset: string;
}

function plainSql(query: ListQuery, { columns, where, sorting, limit, offset }: PageParts, counted: boolean): string {
  const page =
    `select ${columns} from ${query.from} where ${where.join(' and ')} ` +
    `order by ${sorting} limit ${limit} ${offset}`;
  const total = counted ? countSql(query) : 'null::bigint';
  return `select total.n as "__count", page.* from (select ${total} as n) total
    left join lateral (${page}) page on true`;
}

// The scan suffices if it fills the page or reaches the end of the list. Its rows are read lazily, so unneeded work is
// not done.
function searchedSql(
  query: ListQuery,
  { commonCheck, indexCondition, rowCondition, maxScannedRows }: SearchCondition,
  { columns, where, sorting, limit, offset }: PageParts,
  counted: boolean,
): string {
  const id = query.order.at(-1)!.sql;
  const scanSuffices = '(select suffices from scan_result)';
  const total = counted
    ? `case when not ${scanSuffices} then ${countSql(query)} end as "__count",
       case when ${scanSuffices} then (
         select json_build_array(count(*), count(*) filter (where is_match)) from scanned
       ) end as "__scanned"`
    : 'null::bigint as "__count"';
  const keys = query.order.map((key, index) => `${key.sql} as "__key_${index}"`).join(', ');
  const keyOrder = query.order.map((_key, index) => `"__key_${index}" ${query.request.direction}`).join(', ');
  const scanWhere = [...where, '(select should_scan from decision)'].join(' and ');
  const rows = (conditions: readonly string[], from: string): string =>
    `(select ${columns}, ${keys} from ${query.from} where ${[...where, ...conditions].join(' and ')}
      order by ${sorting} limit ${limit} ${from})`;
  return `
    with decision as materialized (select (${commonCheck}) as should_scan),
    scanned as materialized (
      select ${id} as id, coalesce(${rowCondition}, false) as is_match
      from ${query.countFrom ?? query.from} where ${scanWhere} order by ${sorting} limit ${maxScannedRows}
    ),
    matches as materialized (select id from scanned where is_match limit ${limit} ${offset}),
    scan_result as materialized (
      select (select should_scan from decision) and (
        (select count(*) from matches) = ${limit} or (select count(*) from scanned) < ${maxScannedRows}
      ) as suffices
    )
    select total.*, page.* from (select ${total}) total left join lateral (
      select * from (
        ${rows([`${id} = any(array(select id from matches))`, scanSuffices], '')}
        union all ${rows([indexCondition, `not ${scanSuffices}`], offset)}
      ) combined order by ${keyOrder}
    ) page on true`;
}
