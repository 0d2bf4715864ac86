import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import { migrate } from '@parley/kernel/database';
import { childCpuSeconds, parentPid, serve, type ServerProcess } from './processes.js';
import { PLANTED, seedSearch } from './seed-search.js';

/**
 * Measures the latency of `GET /v1/search` in a workspace with many messages.
 * `npm run bench -- search --conversations 100000 --home /tmp/some-folder`, which keeps the data in the folder.
 */
const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    conversations: { type: 'string', default: '1000000' },
    'messages-each': { type: 'string', default: '10' },
    requests: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    home: { type: 'string' },
  },
});
const KEY = 'sk_test_benchbenchbenchbench';
const CONCURRENCIES = [1, 8];
const SAMPLES = 40;
const DATABASE = 'bench_search';

interface Scenario {
  readonly name: string;
  readonly queries: readonly Readonly<Record<string, string>>[];
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(url: string): Promise<string> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
  return Object.assign(new URL(url), { pathname: `/${DATABASE}` }).href;
}

async function seedOnce(url: string): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ id: string; last: string | null }>(
      `select w.id, n.last from teams.workspaces w
       left join messaging.conversation_numbers n on n.workspace_id = w.id order by w.created_at limit 1`,
    ),
  );
  if (rows[0]!.last !== null) return;
  const started = Date.now();
  const conversations = Number(options.conversations);
  await seedSearch(
    url,
    rows[0]!.id,
    { conversations, messages: conversations * Number(options['messages-each']) },
    (progress) => process.stderr.write(`\r\u001B[K${progress}`),
  );
  process.stderr.write(`\r\u001B[Kseeded in ${Math.round((Date.now() - started) / 1000)} s\n`);
}

/** Names and addresses of existing contacts, each with two letters in the middle swapped. */
async function mistyped(url: string, column: 'name' | 'email'): Promise<string[]> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ text: string }>(
      `select ${column} as text from identity.contacts where ${column} is not null order by id desc limit $1`,
      [SAMPLES],
    ),
  );
  return rows.map(({ text }) => {
    const at = Math.floor(text.length / 3);
    return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  });
}

async function scenarios(url: string): Promise<Scenario[]> {
  const toScenario = (
    name: string,
    terms: readonly string[],
    extra: Readonly<Record<string, string>> = {},
  ): Scenario => ({
    name,
    queries: terms.map((q) => ({ q, ...extra })),
  });
  const numbers = Array.from({ length: SAMPLES }, (_, index) => `A${(index + 1) * 10_010}`);
  const { rare, common, veryCommon, twoLetters } = PLANTED;
  return [
    toScenario('rare word (20 messages)', [rare]),
    toScenario('rare word (1 message), a different one each time', numbers),
    toScenario('common word (1 %)', [common]),
    toScenario('very common word (10 %)', [veryCommon]),
    toScenario('common word (1 %), messages', [common], { type: 'message' }),
    toScenario('very common word (10 %), messages', [veryCommon], { type: 'message' }),
    toScenario('rare word (20 messages), messages', [rare], { type: 'message' }),
    toScenario('common word, only open', [common], { status: 'open' }),
    toScenario('two words (1 % and 10 %)', [`${common} ${veryCommon}`]),
    toScenario('prefix of a rare word', [rare.slice(0, 5)]),
    toScenario('prefix of a common word', [common.slice(0, 4)]),
    toScenario('prefix of a very common word', [veryCommon.slice(0, 5)]),
    toScenario('two letters (5 %)', [twoLetters]),
    toScenario('no matches', ['xyzzyx']),
    toScenario('first name (5 % of contacts)', ['grace']),
    toScenario('mistyped name', await mistyped(url, 'name')),
    toScenario('mistyped e-mail', await mistyped(url, 'email')),
  ];
}

/** Process ID of the server, which is the parent of each backend. */
async function postmasterPid(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentPid(rows[0]!.pid);
  });
}

/**
 * Measures the latencies of `requests` requests with the given concurrency, or as many as complete in time. In
 * milliseconds.
 */
async function measureLatencies(server: ServerProcess, { queries }: Scenario, concurrency: number): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + Number(options.seconds) * 1000;
  let next = 0;
  const runQueries = async (): Promise<void> => {
    while (next < Number(options.requests) && performance.now() < until) {
      const query = new URLSearchParams(queries[next++ % queries.length]);
      const started = performance.now();
      const response = await fetch(`${server.url}/v1/search?${query.toString()}`, {
        headers: { authorization: `Bearer ${KEY}` },
      });
      const body = await response.text();
      if (!response.ok) throw new Error(`${query.toString()}: ${response.status} ${body}`);
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runQueries));
  return latencies.sort((a, b) => a - b);
}

function line(scenario: string, concurrency: number, latencies: readonly number[], cpuSeconds: number): string {
  const at = (share: number): string =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!.toFixed(
      latencies[0]! < 10 ? 1 : 0,
    );
  const cpu = ((cpuSeconds * 1000) / latencies.length).toFixed(1);
  return `| ${[scenario, concurrency, latencies.length, at(0.5), at(0.95), at(0.99), cpu].join(' | ')} |`;
}

async function measureAll(url: string, home: string): Promise<void> {
  await migrate(url);
  const env = {
    DATABASE_URL: url,
    PARLEY_HOME: home,
    PARLEY_API_KEY: KEY,
    PARLEY_LOG_LEVEL: 'warn',
    PARLEY_POOL: '12',
    PARLEY_WORK: '0',
  };
  const parley = await serve('Parley', join(import.meta.dirname, '../apps/api/main.js'), env);
  try {
    await seedOnce(url);
    console.log(
      `${options.conversations} conversations of ${options['messages-each']} messages, ` +
        `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`,
    );
    console.log('| query | concurrency | requests | p50 ms | p95 ms | p99 ms | Postgres CPU ms |');
    console.log('|---|---|---|---|---|---|---|');
    const postmaster = await postmasterPid(url);
    for (const scenario of (await scenarios(url)).filter(({ name }) => name.includes(options.only))) {
      await measureLatencies(parley, { ...scenario, queries: scenario.queries.slice(0, 3) }, 1);
      for (const concurrency of CONCURRENCIES) {
        const before = childCpuSeconds(postmaster);
        const latencies = await measureLatencies(parley, scenario, concurrency);
        console.log(line(scenario.name, concurrency, latencies, childCpuSeconds(postmaster) - before));
      }
    }
  } finally {
    await parley.stop();
  }
}

const folder = options.home === undefined ? await mkdtemp(join(tmpdir(), 'parley-bench-')) : resolve(options.home);
const postgres = await startEmbeddedPostgres({
  directory: join(folder, 'postgres'),
  settings: { max_wal_size: '8GB' },
});
try {
  await measureAll(await createDatabase(postgres.url), join(folder, 'home'));
} finally {
  await postgres.stop();
  if (options.home === undefined) await rm(folder, { recursive: true, force: true });
}
