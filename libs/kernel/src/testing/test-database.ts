import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.js';

/** A migrated database for one spec file alone. */
export interface TestDatabase {
  /** Connects as the role that owns it. */
  readonly url: string;
  /** Removes it, ending connections that are still open. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template database of this test run.
 * @throws Error outside a test run, where PARLEY_TEST_POSTGRES is not set.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.PARLEY_TEST_POSTGRES;
  if (!server)
    throw new Error('PARLEY_TEST_POSTGRES is not set: run the tests by `npm test`, and name the file *.db-spec.ts');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name} template parley_template`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    // Autovacuum belongs to the superuser: while it is at work there, nobody else can send it away.
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
