import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient, QueryResultRow } from 'pg';
import { poolOf } from './data-source.js';
import { rowTypes } from './row-types.js';
import type { Statement } from './statement.js';

/** A transaction in progress. */
export interface Transaction {
  readonly client: PoolClient;
  readonly runner: QueryRunner;
  /** Run once the transaction has committed; a failure in one is logged and stops nothing. */
  readonly afterCommit: (() => void | Promise<void>)[];
  /** Run once the transaction has been rolled back, and not when it is unknown whether it was committed. */
  readonly afterRollback: (() => void | Promise<void>)[];
  /** Run last before the commit, still inside. */
  readonly beforeCommit: (() => Promise<void>)[];
  /** Whatever kernel parts keep per transaction; a list in it only grows. */
  readonly notes: Map<symbol, unknown>;
  /** Attempts within it so far; names their savepoints. */
  attempts: number;
}

/** The transaction that the present work stands in. */
export const transactions = new AsyncLocalStorage<Transaction>();

/**
 * Access to Postgres for repositories. Statements run in the present unit of work when there is one,
 * else each on a pooled connection of its own. Rows of hand-written SQL carry times as ISO 8601 text.
 */
@Injectable()
export class Database {
  constructor(@InjectDataSource() readonly dataSource: DataSource) {}

  /** All rows of a prepared statement. */
  async rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    const result = await this.runner().query<T>({
      name: statement.name === '' ? undefined : statement.name,
      text: statement.text,
      values: values as unknown[],
      types: rowTypes,
    });
    return result.rows;
  }

  /** The first row of a prepared statement, or null. */
  async row<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T | null> {
    return (await this.rows<T>(statement, values))[0] ?? null;
  }

  /** Runs a prepared statement and gives the number of rows it touched. */
  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    const result = await this.runner().query({
      name: statement.name === '' ? undefined : statement.name,
      text: statement.text,
      values: values as unknown[],
    });
    return result.rowCount ?? 0;
  }

  /**
   * TypeORM's entity manager of the present unit of work. Entities are for plain CRUD; hot paths use statements.
   * Outside of a unit of work each call takes a pooled connection.
   */
  manager(): EntityManager {
    return transactions.getStore()?.runner.manager ?? this.dataSource.manager;
  }

  private runner(): Pick<PoolClient, 'query'> {
    return transactions.getStore()?.client ?? (poolOf(this.dataSource) as unknown as PoolClient);
  }
}
