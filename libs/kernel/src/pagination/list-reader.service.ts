import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { QueryResultRow } from 'pg';
import { Database } from '../database/database.js';
import { composedStatement } from '../database/statement.js';
import { EXACT_TOTAL_LIMIT, type CursorValue, type Page, type PageRequest, type Total } from './page.js';

/** A column of the order; the last one must be unique. None may be null. */
export interface OrderKey {
  /** SQL expression, as the index has it. */
  readonly sql: string;
  /** SQL type that cursor values are cast to. */
  readonly type: 'timestamptz' | 'uuid' | 'text' | 'int' | 'bigint';
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
  readonly values: readonly unknown[];
  readonly order: readonly OrderKey[];
  readonly request: PageRequest;
}

const SECONDS_ESTIMATED = 60;

interface PageRow extends QueryResultRow {
  readonly __count: number | null;
  readonly __keys: CursorValue[] | null;
}

/**
 * Reads one page of any list in one statement: rows by keyset or offset, and the total with it. Totals are counted up
 * to 10,000; a list known to be longer gets the planner's estimate for a minute, so that its pages cost the same
 * however long it grows.
 */
@Injectable()
export class ListReader {
  private readonly estimates = new LRUCache<string, Total>({ max: 5_000, ttl: SECONDS_ESTIMATED * 1000 });

  constructor(private readonly database: Database) {}

  /** The page, its rows turned by `map`. */
  async read<Row extends QueryResultRow, Item>(query: ListQuery, map: (row: Row) => Item): Promise<Page<Item>> {
    const { request } = query;
    const known = request.knownTotal ?? this.estimates.get(signature(query)) ?? null;
    const { text, values } = pageSql(query, known === null);
    const rows = await this.database.rows<Row & PageRow>(composedStatement(query.domain, text), values);
    const counted = rows[0]?.__count ?? 0;
    const total = known ?? (await this.total(query, counted));
    const found = rows.filter((row) => row.__keys !== null);
    const shown = found.slice(0, request.limit);
    const items = shown.map((row) => map(row));
    return { items, total, next: found.length > request.limit ? shown.at(-1)!.__keys : null };
  }

  private async total(query: ListQuery, counted: number): Promise<Total> {
    if (counted <= EXACT_TOTAL_LIMIT) return { value: counted, estimate: false };
    const text = `explain (format json) select 1 from ${query.countFrom ?? query.from} where ${query.where.join(' and ')}`;
    const [row] = await this.database.rows<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>({ name: '', text }, query.values);
    const total = { value: Math.max(EXACT_TOTAL_LIMIT + 1, row!['QUERY PLAN'][0]!.Plan['Plan Rows']), estimate: true };
    this.estimates.set(signature(query), total);
    return total;
  }
}

function signature(query: ListQuery): string {
  return JSON.stringify([query.domain, query.countFrom ?? query.from, query.where, query.values]);
}

function pageSql(query: ListQuery, count: boolean): { text: string; values: unknown[] } {
  const { request, order } = query;
  const values: unknown[] = [...query.values];
  const where = [...query.where];
  const direction = request.direction;
  let offset = '';
  if ('after' in request.start) {
    const { after } = request.start;
    const bounds = order.map((key, index) => `$${values.push(after[index] ?? null)}::${key.type}`);
    where.push(`(${order.map((key) => key.sql).join(', ')}) ${direction === 'asc' ? '>' : '<'} (${bounds.join(', ')})`);
  } else if (request.start.offset > 0) offset = `offset $${values.push(request.start.offset)}`;
  const limit = `$${values.push(request.limit + 1)}`;
  const keys = `json_build_array(${order.map((key) => key.sql).join(', ')}) as "__keys"`;
  const sorting = order.map((key) => `${key.sql} ${direction}`).join(', ');
  const page = `select ${query.select}, ${keys} from ${query.from} where ${where.join(' and ')} order by ${sorting} limit ${limit} ${offset}`;
  const counting = count
    ? `(select count(*) from (select 1 from ${query.countFrom ?? query.from} where ${query.where.join(' and ')} limit ${EXACT_TOTAL_LIMIT + 1}) counted)`
    : 'null::bigint';
  return { text: `select total.n as "__count", page.* from (select ${counting} as n) total left join lateral (${page}) page on true`, values };
}
