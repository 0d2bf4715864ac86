import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { QueryResultRow } from 'pg';
import { Database } from '../database/database.js';
import { composedStatement } from '../database/statement.js';
import { cursorTotalOf, EXACT_TOTAL_LIMIT, type Page, type Total } from './page.js';
import { conditionsOf, countSql, pageSql, scanConditions, type ListQuery, type PageRow } from './page-sql.js';

const ESTIMATE_TTL_SECONDS = 60;

/**
 * Reads one page of any list in one statement: rows by keyset or offset, together with the total. Totals are counted up
 * to 10,000. The total of a longer list is an estimate, by the planner or from a sample, that is cached for a minute.
 * The cost of a page is therefore independent of the length of the list.
 */
@Injectable()
export class ListReader {
  private readonly estimates = new LRUCache<string, Total>({ max: 5_000, ttl: ESTIMATE_TTL_SECONDS * 1000 });

  constructor(private readonly database: Database) {}

  /** Reads a page and maps its rows with `map`. */
  async read<Row extends QueryResultRow, Item>(query: ListQuery, map: (row: Row) => Item): Promise<Page<Item>> {
    const { request } = query;
    const knownTotal = cursorTotalOf(request) ?? this.estimates.get(cacheKey(query)) ?? null;
    const isCounted = knownTotal === null && request.countTotal !== false;
    const { text, values } = pageSql(query, isCounted);
    const rows = await this.database.rows<Row & PageRow>(composedStatement(query.domain, text), values);
    const total = isCounted ? await this.total(query, rows[0]) : knownTotal;
    const found = rows.filter((row) => row.__keys !== null);
    const visible = found.slice(0, request.limit);
    const items = visible.map((row) => map(row));
    return { items, total, next: found.length > request.limit ? visible.at(-1)!.__keys : null };
  }

  private async total(query: ListQuery, row: PageRow | undefined): Promise<Total> {
    const [scanned, matched] = row?.__scanned ?? [0, row?.__count ?? 0];
    // Otherwise all rows were scanned.
    const sampled = query.search !== undefined && scanned === query.search.maxScannedRows;
    if (!sampled && matched <= EXACT_TOTAL_LIMIT) return { value: matched, estimate: false };
    const value = sampled
      ? ((await this.estimateRows(query, scanConditions(query))) * matched) / scanned
      : await this.estimateRows(query, conditionsOf(query));
    const counted = sampled && value <= EXACT_TOTAL_LIMIT ? await this.count(query) : Infinity;
    if (counted <= EXACT_TOTAL_LIMIT) return { value: counted, estimate: false };
    const total = { value: Math.max(EXACT_TOTAL_LIMIT + 1, Math.round(value)), estimate: true };
    this.estimates.set(cacheKey(query), total);
    return total;
  }

  private async estimateRows(query: ListQuery, where: readonly string[]): Promise<number> {
    const text = `explain (format json) select 1 from ${query.countFrom ?? query.from} where ${where.join(' and ')}`;
    const [row] = await this.database.rows<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
      { name: '', text },
      query.values,
    );
    return row!['QUERY PLAN'][0]!.Plan['Plan Rows'];
  }

  private async count(query: ListQuery): Promise<number> {
    return (await this.database.row<{ n: number }>({ name: '', text: `select ${countSql(query)} as n` }, query.values))!
      .n;
  }
}

function cacheKey(query: ListQuery): string {
  return JSON.stringify([query.domain, query.countFrom ?? query.from, conditionsOf(query), query.values]);
}
