import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import type { PoolClient, QueryResult, QueryResultRow } from 'pg';
import { poolOf } from './data-source.js';
import { ReadConnectionPool } from './read-connection-pool.js';
import { rowTypes } from './row-types.js';
import type { Statement } from './statement.js';

/** Number of connections for short reads. Enough to use all processors of a small machine. */
const READ_CONNECTIONS = 2;

/** A transaction in progress. */
export interface Transaction {
  readonly client: PoolClient;
  readonly runner: QueryRunner;
  /** Steps after the commit. An error in one is logged and does not prevent the others. */
  readonly afterCommit: (() => void | Promise<void>)[];
  /** Steps after the rollback. Not run if it is unknown whether the transaction was committed. */
  readonly afterRollback: (() => void | Promise<void>)[];
  /** Steps before the commit, inside the transaction. */
  readonly beforeCommit: (() => Promise<void>)[];
  /** Steps after `beforeCommit` that each send one statement immediately, so that it is sent together with COMMIT. */
  readonly withCommit: (() => Promise<unknown>)[];
  /** The pending START TRANSACTION, else null. */
  starting: Promise<void> | null;
  /** True if a statement was sent after START TRANSACTION. */
  hasSentStatement: boolean;
  /** State of kernel services for this transaction. A list in it is only appended to. */
  readonly state: Map<symbol, unknown>;
  /** Number of savepoints so far, used for their names. */
  savepoints: number;
}

/** The transaction of the current work. */
export const transactions = new AsyncLocalStorage<Transaction>();

/**
 * Access to Postgres for repositories. Statements run in the current unit of work if there is one, else each on its own
 * pooled connection. Rows of handwritten SQL contain times as ISO 8601 text.
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

  /** Runs a prepared statement and returns all rows. */
  async rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.send<T>(statement, values)).rows;
  }

  /** Runs a prepared statement and returns the first row, or null. */
  async row<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T | null> {
    return (await this.rows<T>(statement, values))[0] ?? null;
  }

  /** Runs a prepared statement and returns the number of affected rows. */
  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.send(statement, values)).rowCount ?? 0;
  }

  /**
   * TypeORM's entity manager in the current unit of work. Entities are for plain CRUD; hot paths use statements.
   * Outside of a unit of work, each call uses its own pooled connection.
   */
  manager(): EntityManager {
    return transactions.getStore()?.runner.manager ?? this.dataSource.manager;
  }

  /** TypeORM's repository of an entity, in the current unit of work if there is one. */
  repository<Entity extends ObjectLiteral>(entity: new () => Entity): Repository<Entity> {
    return this.manager().getRepository(entity);
  }

  /**
   * Sends a statement. Within a unit of work it is sent before this method returns, so that others can follow without
   * waiting.
   */
  private send<T extends QueryResultRow>(
    { name, text, short }: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const query = { name: name === '' ? undefined : name, text, values: values as unknown[], types: rowTypes };
    const transaction = transactions.getStore();
    if (!transaction)
      return (short ? this.readConnections.query<T>(query) : null) ?? poolOf(this.dataSource).query<T>(query);
    if (transaction.starting !== null && transaction.hasSentStatement) {
      // One statement can follow START TRANSACTION without waiting. Before the second one, it must have succeeded.
      return transaction.starting.then(() => transaction.client.query<T>(query));
    }
    transaction.hasSentStatement = true;
    return transaction.client.query<T>(query);
  }
}
