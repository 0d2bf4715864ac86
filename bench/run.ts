import 'reflect-metadata';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import { migrate } from '@parley/kernel/database';
import { CONNECTIONS, measure, type Figures, type Scenario } from './load.js';
import { residentMegabytes, serve, type ServerProcess } from './processes.js';
import { sampleIds, seed } from './seed.js';

/**
 * Compares Parley to a bare Fastify and pg server that sends the same statements and returns the same bytes, in one run
 * on the loopback interface.
 * `npm run bench -- --sizes 10000,1000000 --rounds 5 --seconds 6 --without-row-security`
 */
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    'without-row-security': { type: 'boolean', default: false },
  },
});
const SIZES = options.sizes.split(',').map(Number);
const KEY = 'sk_test_benchbenchbenchbench';
const SAMPLE = 500;

interface Row {
  readonly size: number;
  readonly scenario: string;
  readonly parley: Figures;
  readonly bare: Figures;
}

async function fetchText(server: ServerProcess, path: string): Promise<string> {
  const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${KEY}` } });
  return response.text();
}

async function assertSameBytes(parley: ServerProcess, bare: ServerProcess, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const [a, b] = await Promise.all([fetchText(parley, path), fetchText(bare, path)]);
    if (a !== b) throw new Error(`${path} has different responses:\n${a.slice(0, 600)}\n${b.slice(0, 600)}`);
  }
}

async function withDatabase<T>(url: string, name: string, work: (url: string) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return work(Object.assign(new URL(url), { pathname: `/${name}` }).href);
}

async function firstWorkspace(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from teams.workspaces');
  await client.end();
  return rows[0]!.id;
}

async function benchSize(size: number, url: string, home: string): Promise<{ rows: Row[]; memory: string }> {
  await migrate(url);
  if (options['without-row-security']) await revokeRole(url);
  const env = {
    DATABASE_URL: url,
    PARLEY_HOME: home,
    PARLEY_API_KEY: KEY,
    PARLEY_LOG_LEVEL: 'warn',
    PARLEY_POOL: '12',
  };
  const main = join(import.meta.dirname, '../apps/api/main.js');
  // The bare server handles no events. Therefore Parley also leaves them to another process, except for the last row.
  const parley = await serve('Parley', main, { ...env, PARLEY_WORK: '0' });
  const workspaceId = await firstWorkspace(url);
  const started = Date.now();
  await seed(url, workspaceId, size, (result) => process.stderr.write(`\rseeded ${result} of ${size} conversations`));
  process.stderr.write(` in ${Math.round((Date.now() - started) / 1000)} s\n`);
  const bare = await serve('bare', join(import.meta.dirname, 'bare-server.js'), env);
  const ids = await sampleIds(url, workspaceId, SAMPLE);
  const body = JSON.stringify({
    type: 'comment',
    body: 'I have another question about my order, and would be glad of an answer soon.',
  });
  const scenarios: Scenario[] = [
    { name: 'list conversations', method: 'GET', paths: ['/v1/conversations?limit=20'] },
    { name: 'get conversation', method: 'GET', paths: ids.map((id) => `/v1/conversations/${id}`) },
    { name: 'create message', method: 'POST', paths: ids.map((id) => `/v1/conversations/${id}/messages`), body },
  ];
  await assertSameBytes(parley, bare, [
    '/v1/conversations?limit=20',
    ...ids.slice(0, 20).map((id) => `/v1/conversations/${id}`),
  ]);
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    const [first, second] = await measure(
      [parley, bare],
      scenario,
      KEY,
      Number(options.rounds),
      Number(options.seconds),
    );
    rows.push({ size, scenario: scenario.name, parley: first!, bare: second! });
    process.stderr.write(`${line(rows.at(-1)!)}\n`);
  }
  const fullServer = await serve('Parley', main, env);
  const [first, second] = await measure(
    [fullServer, bare],
    scenarios[2]!,
    KEY,
    Number(options.rounds),
    Number(options.seconds),
  );
  rows.push({ size, scenario: 'create message, events handled in the same process', parley: first!, bare: second! });
  process.stderr.write(`${line(rows.at(-1)!)}\n`);
  await fullServer.stop();
  const [parleyMegabytes, bareMegabytes] = [parley, bare].map(({ pid }) => residentMegabytes(pid).toFixed(0));
  const memory = `RSS after ${size} conversations: Parley ${parleyMegabytes} MB, bare ${bareMegabytes} MB`;
  await parley.stop();
  await bare.stop();
  return { rows, memory };
}

async function revokeRole(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('revoke parley_app from current_user');
  await client.end();
}

function line({ size, scenario, parley, bare }: Row): string {
  const cells = [
    size.toLocaleString('en'),
    scenario,
    parley.requestsPerSecond.toFixed(0),
    bare.requestsPerSecond.toFixed(0),
    (parley.requestsPerSecond / bare.requestsPerSecond).toFixed(2),
    parley.p99.toFixed(0),
    bare.p99.toFixed(0),
    parley.cpuPerRequest.toFixed(0),
    bare.cpuPerRequest.toFixed(0),
    (parley.cpuPerRequest / bare.cpuPerRequest).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const postgres = await startEmbeddedPostgres({
  directory: join(folder, 'postgres'),
  settings: { max_wal_size: '8GB' },
});
try {
  const rows: Row[] = [];
  const memories: string[] = [];
  for (const size of SIZES) {
    const result = await withDatabase(postgres.url, `bench_${size}`, (url) =>
      benchSize(size, url, join(folder, String(size))),
    );
    rows.push(...result.rows);
    memories.push(result.memory);
  }
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  console.log(
    `Parley ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ` +
      `${CONNECTIONS} connections, row security ${options['without-row-security'] ? 'off' : 'on'}\n`,
  );
  console.log(
    '| conversations | request | Parley req/s | bare req/s | ratio | Parley p99 ms | bare p99 ms ' +
      '| Parley CPU µs | bare CPU µs | ratio |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const row of rows) console.log(line(row));
  console.log(`\n${memories.join('\n')}`);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
