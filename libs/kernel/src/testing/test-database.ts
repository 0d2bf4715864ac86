import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.js';

/** A migrated database for a single spec file. */
export interface TestDatabase {
  /** Connection URL with the role that owns the database. */
  readonly url: string;
  /** Drops the database and ends its open connections. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template database of this test run.
 * @throws Error outside of a test run, where PARLEY_TEST_POSTGRES is not set.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.PARLEY_TEST_POSTGRES;
  if (!server)
    throw new Error('PARLEY_TEST_POSTGRES is not set: run the tests with `npm test` and name the file *.db-spec.ts');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name} template parley_template`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    // Autovacuum runs as the superuser. While it is active, other users cannot end it.
    drop: () =>
      eventually(() => execute(server, `drop database if exists ${name} with (force)`), {
        timeoutMs: 30_000,
        intervalMs: 100,
      }),
  };
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
