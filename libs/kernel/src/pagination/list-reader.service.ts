import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { QueryResultRow } from 'pg';
import { Database } from '../database/database.js';
import { composedStatement } from '../database/statement.js';
import { EXACT_TOTAL_LIMIT, type Page, type Total } from './page.js';
import { conditionsOf, countSql, pageSql, walkedConditions, type ListQuery, type PageRow } from './page-sql.js';

const SECONDS_ESTIMATED = 60;

/**
 * Reads one page of any list in one statement: rows by keyset or offset, and the total with it. Totals are counted up
 * to 10,000; a list known to be longer gets an estimate for a minute, by the planner or from a sample, so that its
 * pages cost the same however long it grows.
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
    const total = known ?? (await this.total(query, rows[0]));
    const found = rows.filter((row) => row.__keys !== null);
    const shown = found.slice(0, request.limit);
    const items = shown.map((row) => map(row));
    return { items, total, next: found.length > request.limit ? shown.at(-1)!.__keys : null };
  }

  private async total(query: ListQuery, row: PageRow | undefined): Promise<Total> {
    const [walked, met] = row?.__walked ?? [0, row?.__count ?? 0];
    // Otherwise all there are were looked at.
    const sampled = query.search !== undefined && walked === query.search.mostWalked;
    if (!sampled && met <= EXACT_TOTAL_LIMIT) return { value: met, estimate: false };
    const value = sampled
      ? ((await this.rowsPlanned(query, walkedConditions(query))) * met) / walked
      : await this.rowsPlanned(query, conditionsOf(query));
    const counted = sampled && value <= EXACT_TOTAL_LIMIT ? await this.count(query) : Infinity;
    if (counted <= EXACT_TOTAL_LIMIT) return { value: counted, estimate: false };
    const total = { value: Math.max(EXACT_TOTAL_LIMIT + 1, Math.round(value)), estimate: true };
    this.estimates.set(signature(query), total);
    return total;
  }

  private async rowsPlanned(query: ListQuery, where: readonly string[]): Promise<number> {
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

function signature(query: ListQuery): string {
  return JSON.stringify([query.domain, query.countFrom ?? query.from, conditionsOf(query), query.values]);
}
