import { Inject, Injectable, Optional, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, ObjectLiteral, Repository } from 'typeorm';
import type { QueryResult, QueryResultRow } from 'pg';
import { SETTINGS, type Settings } from '../config/settings.js';
import { poolOf } from './data-source.js';
import { ReadConnectionPool } from './read-connection-pool.js';
import { rowTypes } from './row-types.js';
import type { Statement } from './statement.js';
import { Transaction, transactions } from './transaction.js';

/** Number of connections for short reads. Enough to use all processors of a small machine. */
const READ_CONNECTIONS = 2;

/**
 * Access to Postgres for repositories. Statements run in the current unit of work if there is one, else each on its own
 * pooled connection. Rows of handwritten SQL contain times as ISO 8601 text.
 */
@Injectable()
export class Database implements BeforeApplicationShutdown {
  private readonly readConnections: ReadConnectionPool;

  constructor(
    @InjectDataSource() readonly dataSource: DataSource,
    @Optional() @Inject(SETTINGS) private readonly settings?: Pick<Settings, 'sharedReads' | 'earlyStart'>,
  ) {
    this.readConnections = new ReadConnectionPool(poolOf(dataSource), READ_CONNECTIONS);
  }

  /** A new transaction. It starts with its first statement. */
  createTransaction(): Transaction {
    return new Transaction(this.dataSource, this.settings?.earlyStart ?? true);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.readConnections.close();
  }

  /** True within a unit of work. There, row locks last until its end; elsewhere a lock has no effect. */
  get isInUnitOfWork(): boolean {
    return transactions.getStore() !== undefined;
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
    return transactions.getStore()?.manager ?? this.dataSource.manager;
  }

  /** TypeORM's repository of an entity, in the current unit of work if there is one. */
  repository<Entity extends ObjectLiteral>(entity: new () => Entity): Repository<Entity> {
    return this.manager().getRepository(entity);
  }

  /**
   * A short read before the first statement of a unit of work is sent outside of its transaction, which has not started
   * yet: both read what is committed at that moment.
   */
  private send<T extends QueryResultRow>(
    { name, text, short }: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const query = { name: name === '' ? undefined : name, text, values: values as unknown[], types: rowTypes };
    const transaction = transactions.getStore();
    if (transaction && (!short || transaction.isOpen)) return transaction.send<T>(query);
    const isShared = short && (this.settings?.sharedReads ?? true);
    return (isShared ? this.readConnections.query<T>(query) : null) ?? poolOf(this.dataSource).query<T>(query);
  }
}
