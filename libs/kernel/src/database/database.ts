import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { poolOf } from './data-source.js';
import { ReadConnectionPool } from './read-connection-pool.js';
import { rowTypes } from './row-types.js';
import type { Statement } from './statement.js';

/** Connections that short reads share: as many as keep a small machine's processors busy. */
const READ_CONNECTIONS = 2;

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
  /** Run after those, to send one statement each at once: they travel with the commit. */
  readonly withCommit: (() => Promise<unknown>)[];
  /** The transaction's opening while it is on its way, else null. */
  starting: Promise<void> | null;
  /** Whether a statement was sent behind the opening. */
  hasSentStatement: boolean;
  /** Whatever kernel parts keep per transaction; a list in it only grows. */
  readonly state: Map<symbol, unknown>;
  /** Attempts within it so far; names their savepoints. */
  savepoints: number;
}

/** The transaction that the present work stands in. */
export const transactions = new AsyncLocalStorage<Transaction>();

/**
 * Access to Postgres for repositories. Statements run in the present unit of work when there is one,
 * else each on a pooled connection of its own. Rows of hand-written SQL carry times as ISO 8601 text.
 */
@Injectable()
export class Database implements BeforeApplicationShutdown {
  private readonly readConnections: ReadConnectionPool;

  constructor(@InjectDataSource() readonly dataSource: DataSource) {
    this.readConnections = new ReadConnectionPool(poolOf(dataSource), READ_CONNECTIONS);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.readConnections.close();
  }

  /** All rows of a prepared statement. */
  async rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.send<T>(statement, values)).rows;
  }

  /** The first row of a prepared statement, or null. */
  async row<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T | null> {
    return (await this.rows<T>(statement, values))[0] ?? null;
  }

  /** Runs a prepared statement and gives the number of rows it touched. */
  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.send(statement, values)).rowCount ?? 0;
  }

  /**
   * TypeORM's entity manager of the present unit of work. Entities are for plain CRUD; hot paths use statements.
   * Outside of a unit of work each call takes a pooled connection.
   */
  manager(): EntityManager {
    return transactions.getStore()?.runner.manager ?? this.dataSource.manager;
  }

  /** TypeORM's repository of an entity, in the current unit of work if there is one. */
  repository<Entity extends ObjectLiteral>(entity: new () => Entity): Repository<Entity> {
    return this.manager().getRepository(entity);
  }

  /** Within a unit of work the statement is on its way when this returns, so that others can be sent behind it. */
  private send<T extends QueryResultRow>(
    { name, text, short }: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const query = { name: name === '' ? undefined : name, text, values: values as unknown[], types: rowTypes };
    const transaction = transactions.getStore();
    if (!transaction)
      return (short ? this.readConnections.query<T>(query) : null) ?? poolOf(this.dataSource).query<T>(query);
    if (transaction.starting !== null && transaction.hasSentStatement) {
      // One statement may travel behind the opening; from the second on it must have worked.
      return transaction.starting.then(() => transaction.client.query<T>(query));
    }
    transaction.hasSentStatement = true;
    return transaction.client.query<T>(query);
  }
}
