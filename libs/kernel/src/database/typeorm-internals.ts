import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { ScopedPool } from './scoped-pool.js';

/**
 * Members of TypeORM that its types hide or protect. No other file uses them. `typeorm-internals.db-spec.ts` fails if
 * an upgrade changes them.
 */
interface DriverInternals {
  readonly master: ScopedPool;
}

/** The connection pool of a data source. */
export function poolOf(dataSource: DataSource): ScopedPool {
  return (dataSource.driver as unknown as DriverInternals).master;
}

/** Makes a query runner behave as inside a transaction: its statements and repositories do not start another one. */
export function setTransactionActive(runner: QueryRunner, active: boolean): void {
  (runner as { -readonly [Key in keyof QueryRunner]: QueryRunner[Key] }).isTransactionActive = active;
}

/**
 * Replaces how a query runner takes its connection, which it does before each statement. Returns the original.
 */
export function replaceConnect(runner: QueryRunner, connect: () => Promise<PoolClient>): () => Promise<PoolClient> {
  const original = runner.connect.bind(runner) as () => Promise<PoolClient>;
  runner.connect = connect;
  return original;
}
