import { DataSource, type DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { XID8 } from './column-types.js';
import { ScopedPool } from './scoped-pool.js';

export { poolOf } from './typeorm-internals.js';

/** Timeout of a statement in seconds. */
const STATEMENT_TIMEOUT_SECONDS = 15;

/** Options of the data source of the process. All connections use UTC. */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    driver: { ...pg, Pool: ScopedPool },
    poolSize,
    installExtensions: false,
    extra: {
      application_name: 'parley',
      statement_timeout: STATEMENT_TIMEOUT_SECONDS * 1000,
      idle_in_transaction_session_timeout: 60_000,
      options: '-c timezone=UTC',
      // Statements are sent without waiting for the previous ones. Each succeeds or fails independently.
      pipeline: true,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
    },
  };
}

/** Creates the data source of a process. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  dataSource.driver.supportedDataTypes.push(XID8);
  return dataSource;
}
