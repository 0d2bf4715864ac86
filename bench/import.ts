import 'reflect-metadata';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import { migrate } from '@parley/kernel/database';
import { residentMegabytes, serve, type ServerProcess } from './processes.js';

/**
 * Imports contacts from a CSV file through the API and compares it to `COPY` of the same rows into tables with the same
 * indexes.
 * `npm run bench -- import --rows 100000`
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { rows: { type: 'string', default: '100000' } },
});
const ROWS = Number(options.rows);
const KEY = 'sk_test_benchbenchbenchbench';
const MAX_WAIT_MS = 30 * 60_000;

interface Progress {
  readonly status: string;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

function csv(): string {
  const rows = Array.from(
    { length: ROWS },
    (_none, i) =>
      `person-${i}@example.com,Person ${i},+1415${String(5_000_000 + (i % 5_000_000)).padStart(7, '0')},` +
      `Company ${i % 1000},${i % 2 ? 'vip' : 'lead'},gold`,
  );
  return `email,name,phone,company,tags,custom_fields.plan\n${rows.join('\n')}\n`;
}

const TABLES = ['contacts', 'contact_emails', 'contact_phones'];

/** Copies the rows that the import wrote into copies of its tables. Returns the time in seconds. */
async function copy(url: string, folder: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = new Map<string, string>();
    for (const table of TABLES) {
      const { rows } = await client.query<{ list: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`,
        [`identity.${table}`],
      );
      columns.set(table, rows[0]!.list);
      await pipeline(
        client.query(to(`copy (select ${rows[0]!.list} from identity.${table}) to stdout`)),
        createWriteStream(join(folder, table)),
      );
      await client.query(`create table ${table}_copied (like identity.${table} including all)`);
    }
    await client.query('checkpoint').catch(() => undefined);
    const started = performance.now();
    await client.query('begin');
    for (const table of TABLES)
      await pipeline(
        createReadStream(join(folder, table)),
        client.query(from(`copy ${table}_copied (${columns.get(table)!}) from stdin`)),
      );
    await client.query('commit');
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}

async function callApi<T>(server: ServerProcess, method: string, path: string, body?: FormData): Promise<T> {
  const response = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${KEY}` }, body });
  const payload = (await response.json()) as { data: T };
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(payload)}`);
  return payload.data;
}

async function importOnce(
  server: ServerProcess,
  file: string,
): Promise<{ seconds: number; progress: Progress; megabytes: number }> {
  const form = new FormData();
  form.set('file', new Blob([file]), 'contacts.csv');
  const started = performance.now();
  const { id } = await callApi<{ id: string }>(server, 'POST', '/v1/contacts/imports', form);
  let megabytes = 0;
  while (performance.now() - started < MAX_WAIT_MS) {
    const progress = await callApi<Progress>(server, 'GET', `/v1/contacts/imports/${id}`);
    megabytes = Math.max(megabytes, residentMegabytes(server.pid));
    if (progress.status === 'completed') return { seconds: (performance.now() - started) / 1000, progress, megabytes };
    if (progress.status !== 'pending' && progress.status !== 'running')
      throw new Error(`The import is ${progress.status}`);
    await sleep(50);
  }
  throw new Error('The import did not complete in time');
}

function line(label: string, seconds: number, note: string): string {
  return `| ${label} | ${seconds.toFixed(1)} | ${Math.round(ROWS / seconds).toLocaleString('en')} | ${note} |`;
}

const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const postgres = await startEmbeddedPostgres({
  directory: join(folder, 'postgres'),
  settings: { max_wal_size: '4GB' },
});
let server: ServerProcess | null = null;
try {
  await migrate(postgres.url);
  server = await serve('Parley', join(import.meta.dirname, '../apps/api/main.js'), {
    DATABASE_URL: postgres.url,
    PARLEY_HOME: join(folder, 'home'),
    PARLEY_API_KEY: KEY,
    PARLEY_LOG_LEVEL: 'warn',
  });
  const file = csv();
  const first = await importOnce(server, file);
  const repeated = await importOnce(server, file);
  const copied = await copy(postgres.url, folder);
  console.log(
    `\n${ROWS.toLocaleString('en')} contacts with an e-mail address, a phone number, a tag and a custom field ` +
      `(${(file.length / 1e6).toFixed(1)} MB of CSV)\n`,
  );
  console.log('| operation | seconds | rows/s | |\n|---|---|---|---|');
  console.log(line('COPY into tables with the same indexes', copied, 'three tables, one transaction'));
  console.log(
    line(
      'import through the API, all new',
      first.seconds,
      `${first.progress.created} created, ${first.progress.failed} failed; ` +
        `${(first.seconds / copied).toFixed(1)} × COPY; at most ${first.megabytes.toFixed(0)} MB resident`,
    ),
  );
  console.log(
    line(
      'the same file again',
      repeated.seconds,
      `${repeated.progress.unchanged} unchanged; at most ${repeated.megabytes.toFixed(0)} MB resident`,
    ),
  );
} finally {
  await server?.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
