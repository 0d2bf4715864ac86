import pg from 'pg';
import { type ClusterRecord } from './cluster-record.js';

/** Raise when the statements below change, so that clusters made earlier are brought up to date. */
export const PROVISION_VERSION = 1;

/** Name of the application's role and of its database. */
export const APPLICATION = 'parley';

/** Name of the cluster's superuser. */
export const SUPERUSER = 'postgres';

const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin'];

/** The address at which the application connects. */
export function applicationUrl(record: ClusterRecord, port: number): string {
  return `postgres://${APPLICATION}:${record.password}@127.0.0.1:${port}/${APPLICATION}`;
}

/**
 * Makes the application's role, its database and the extensions, whichever of them are missing. The role is
 * no superuser; it may make roles and databases. Extensions go into `template1` too, so that databases the
 * role makes have them.
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

/** Resolves when the server accepts the application's role. @throws the driver's error otherwise. */
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
  // Without a listener a connection that breaks while idle would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
