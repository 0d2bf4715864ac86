import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import { migrate } from '@parley/kernel/database';
import { measure, type Scenario } from './load.js';
import { serve, type ServerProcess } from './processes.js';
import { sampleIds, seed } from './seed.js';

/**
 * What each optimization with a switch saves: a server with all of them beside one without each, by turns.
 * `npm run bench -- switches --rounds 6 --seconds 2`
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '2' },
    conversations: { type: 'string', default: '10000' },
    switches: { type: 'string', default: 'PARLEY_SHARED_READS,PARLEY_EARLY_START,PARLEY_QUERY_CACHE' },
    request: { type: 'string', default: '' },
  },
});
const KEY = 'sk_test_benchbenchbenchbench';
const SWITCHES = options.switches.split(',');
const BODY = JSON.stringify({ type: 'comment', body: 'I have another question about my order.' });

const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings: {} });
const servers: ServerProcess[] = [];
try {
  await migrate(postgres.url);
  const env = {
    DATABASE_URL: postgres.url,
    PARLEY_HOME: folder,
    PARLEY_API_KEY: KEY,
    PARLEY_LOG_LEVEL: 'warn',
    PARLEY_WORK: '0',
  };
  const main = join(import.meta.dirname, '../apps/api/main.js');
  servers.push(await serve('all', main, env));
  for (const name of SWITCHES) servers.push(await serve(`${name}=0`, main, { ...env, [name]: '0' }));
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from teams.workspaces');
  await client.end();
  await seed(postgres.url, rows[0]!.id, Number(options.conversations), () => undefined);
  const ids = await sampleIds(postgres.url, rows[0]!.id, 500);
  const scenarios: Scenario[] = [
    { name: 'list conversations', method: 'GET', paths: ['/v1/conversations?limit=20&status=open&order_dir=desc'] },
    { name: 'get conversation', method: 'GET', paths: ids.map((id) => `/v1/conversations/${id}`) },
    { name: 'create message', method: 'POST', paths: ids.map((id) => `/v1/conversations/${id}/messages`), body: BODY },
  ];
  console.log(
    '| request | server | requests/s | CPU µs | lowest CPU µs | lowest without / with |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const scenario of scenarios.filter(({ name }) => name.startsWith(options.request))) {
    const figures = await measure(servers, scenario, KEY, Number(options.rounds), Number(options.seconds));
    for (const [index, { requestsPerSecond, cpuPerRequest, minCpuPerRequest }] of figures.entries()) {
      const ratio = (minCpuPerRequest / figures[0]!.minCpuPerRequest).toFixed(2);
      const cells = [
        scenario.name,
        servers[index]!.name,
        requestsPerSecond.toFixed(0),
        cpuPerRequest.toFixed(0),
        minCpuPerRequest.toFixed(0),
        ratio,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
} finally {
  for (const server of servers) await server.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
