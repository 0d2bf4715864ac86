import pg from 'pg';
import { type ClusterRecord } from './cluster-record.js';

/** Increase when the statements below change, so that existing clusters are updated. */
export const PROVISION_VERSION = 1;

/** Name of the application's role and of its database. */
export const APPLICATION = 'parley';

/** Name of the cluster's superuser. */
export const SUPERUSER = 'postgres';

const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin'];

/** Connection URL of the application. */
export function applicationUrl(record: ClusterRecord, port: number): string {
  return `postgres://${APPLICATION}:${record.password}@127.0.0.1:${port}/${APPLICATION}`;
}

/**
 * Creates the role of the application, its database and the extensions, if missing. The role is not a superuser; it can
 * create roles and databases. The extensions are also created in `template1`, so that databases created by the role
 * have them.
 */
export async function provision(record: ClusterRecord, port: number): Promise<void> {
  await asSuperuser(record, port, 'template1', createExtensions);
  await asSuperuser(record, port, 'postgres', async (client) => {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION]);
    const attributes = `login nosuperuser createdb createrole password ${client.escapeLiteral(record.password)}`;
    await client.query(`${role.rowCount ? 'alter' : 'create'} role ${APPLICATION} with ${attributes}`);
    const database = await client.query('select 1 from pg_database where datname = $1', [APPLICATION]);
    if (!database.rowCount) await client.query(`create database ${APPLICATION} owner ${APPLICATION}`);
  });
  await asSuperuser(record, port, APPLICATION, createExtensions);
}

/** Checks that the server accepts the role of the application. @throws the error of the driver otherwise. */
export async function checkConnection(url: string): Promise<void> {
  await withClient({ connectionString: url }, async (client) => {
    await client.query('select 1');
  });
}

async function createExtensions(client: pg.Client): Promise<void> {
  for (const name of EXTENSIONS) await client.query(`create extension if not exists ${name}`);
}

async function asSuperuser(
  { superuserPassword }: ClusterRecord,
  port: number,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await withClient({ host: '127.0.0.1', port, user: SUPERUSER, password: superuserPassword, database }, work);
}

async function withClient(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  // Without a listener, the loss of an idle connection would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
