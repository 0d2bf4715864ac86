import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SettingsError } from '../config/settings.js';

const MIN_SERVER_VERSION = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A server that is starting or recovering is asked again for this time. */
const STARTING_TIMEOUT_MS = 60_000;
const STARTING_PAUSE_MS = 500;

/**
 * Checks that the database of `DATABASE_URL` can be used, before anything is changed in it. Returns whether it has no
 * tables of Parley yet.
 * @throws SettingsError with the problem and its remedy, without the password.
 */
export async function checkConnection(databaseUrl: string): Promise<{ readonly isNew: boolean }> {
  const deadline = Date.now() + STARTING_TIMEOUT_MS;
  for (;;) {
    const { problem, isNew } = await inspect(databaseUrl);
    if (problem === null) return { isNew };
    if (problem !== STARTING || Date.now() > deadline) throw new SettingsError(`DATABASE_URL: ${problem}`);
    await sleep(STARTING_PAUSE_MS);
  }
}

const STARTING = 'the server is still starting. Try again when it accepts connections';

/** What is found about a database; `isNew` is only known without a problem. */
interface Inspection {
  readonly problem: string | null;
  readonly isNew: boolean;
}

async function inspect(databaseUrl: string): Promise<Inspection> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // Without a listener, the loss of the connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerRow>(
      `select current_setting('server_version_num')::int as version, current_database() as name,
         has_database_privilege(current_database(), 'create') as "canCreate", pg_is_in_recovery() as "readOnly",
         to_regclass('public.parley_migrations') is null as "isNew"`,
    );
    const row = rows[0]!;
    return { problem: findProblem(row, client.user ?? ''), isNew: row.isNew };
  } catch (error) {
    return { problem: describe(error, client), isNew: false };
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface ServerRow {
  readonly version: number;
  readonly name: string;
  readonly canCreate: boolean;
  readonly readOnly: boolean;
  readonly isNew: boolean;
}

function findProblem({ version, name, canCreate, readOnly }: ServerRow, user: string): string | null {
  if (version < MIN_SERVER_VERSION)
    return `the server is Postgres ${Math.floor(version / 10_000)}. Parley requires Postgres 15 or newer`;
  if (readOnly) return 'the server is a read-only replica. Set the URL of the primary server';
  if (canCreate) return null;
  const grant = `grant create on database "${name}" to "${user}"`;
  return `the user ${user} cannot create schemas in the database ${name}. Run: ${grant}`;
}

function describe(error: unknown, { host, port, user, database }: pg.Client): string {
  const { code, message } = error as { code?: string; message: string };
  const server = `${host}:${port}`;
  switch (code) {
    case 'ECONNREFUSED':
      return `no server accepts connections on ${server}. Start Postgres there, or correct the address`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${host} cannot be found. Correct the host name`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `${server} cannot be reached. Check the address and the firewall`;
    case '28P01':
    case '28000':
      return `the server on ${server} rejects the user ${user}: ${message}. Correct the user and the password`;
    case '3D000':
      return `the database ${database} does not exist on ${server}. Create it: createdb ${database}`;
    case '53300':
      return `the server on ${server} has no free connections. Increase max_connections or decrease PARLEY_POOL`;
    case '57P03':
      return STARTING;
    default:
      if (/timeout/i.test(message)) return `${server} does not respond. Check the address and the firewall`;
      return `cannot connect to ${server}: ${message}`;
  }
}
