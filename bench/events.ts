import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@parley/embedded-postgres';
import { migrate } from '@parley/kernel/database';
import { median } from './load.js';
import { drain, measureLoad, printSecond, type LoadResult, type Target } from './event-load.js';
import { ApiClient, WebhookReceiver, type PostRequest } from './event-clients.js';
import { childCpuSeconds, cpuSeconds, serve } from './processes.js';
import { sampleIds, seed } from './seed.js';
import { SubscriberLag } from './subscriber-lag.js';

/**
 * A process with all subscribers: the processor time of a conversation and of a note until all their events are
 * handled, and a steady load of messages with a rule and a webhook.
 * `npm run bench -- events --seconds 60 --rate 200`
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '200' },
    conversations: { type: 'string', default: '10000' },
    requests: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    profile: { type: 'string' },
    statements: { type: 'string', default: '0' },
  },
});
const KEY = 'sk_test_benchbenchbenchbench';
const WARM_UP_REQUESTS = 2_000;
const WARM_UP_SECONDS = 5;
const MESSAGE = 'I have another question about my order, and would be glad of an answer soon.';

/** Processor time and statements of a request until its events are handled; the median of the rounds. */
async function measureRequest(
  name: string,
  { server, postgresPid, api, lag }: Target,
  request: (index: number) => PostRequest,
): Promise<void> {
  const count = Number(options.requests);
  let next = 0;
  const run = async (requests: number): Promise<void> => {
    await api.postMany(requests, () => request(next++));
    await drain(lag);
  };
  await run(WARM_UP_REQUESTS);
  const samples: number[] = [];
  const postgresSamples: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    await server.countStatements();
    const before = [cpuSeconds(server.pid), childCpuSeconds(postgresPid)] as const;
    await run(count);
    samples.push(((cpuSeconds(server.pid) - before[0]) * 1000) / count);
    postgresSamples.push(((childCpuSeconds(postgresPid) - before[1]) * 1000) / count);
  }
  const statements = await server.countStatements();
  console.log(
    `${name}: processor time of the server ${median(samples).toFixed(2)} ms (${samples.map((value) => value.toFixed(2)).join(', ')}), ` +
      `of Postgres ${median(postgresSamples).toFixed(2)} ms; ${perUnit(statements, count)} statements`,
  );
  printStatements(statements, count);
}

function perUnit(statements: Map<string, number>, units: number): string {
  return ([...statements.values()].reduce((sum, value) => sum + value, 0) / units).toFixed(1);
}

function printStatements(statements: Map<string, number>, units: number): void {
  const top = [...statements].sort((a, b) => b[1] - a[1]).slice(0, Number(options.statements));
  for (const [name, count] of top) console.log(`  ${(count / units).toFixed(2).padStart(6)} ${name}`);
}

function printLoad(result: LoadResult, delays: readonly number[]): void {
  const { messages, events, runs, statements } = result;
  console.log(`\nLag 0 again ${result.drainSeconds.toFixed(1)} s after the last message. Highest lag seen:\n`);
  console.log('| subscriber | events | seconds |\n| --- | --- | --- |');
  for (const [id, lag] of [...result.worst].filter(([, { events: count }]) => count > 0))
    console.log(`| ${id} | ${lag.events} | ${lag.seconds.toFixed(2)} |`);
  const sorted = [...delays].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  console.log(
    `\n${messages} messages, ${events} events, ${runs} rule runs, ${sorted.length} webhooks\n` +
      `event to webhook: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms\n` +
      `processor time per message: server ${result.serverCpu.toFixed(2)} ms, Postgres ` +
      `${result.postgresCpu.toFixed(2)} ms\n` +
      `statements: ${perUnit(statements, messages)} per message, ${perUnit(statements, events)} per event, ` +
      `${perUnit(statements, runs)} per rule run`,
  );
  printStatements(statements, messages);
}

async function measureRequests(target: Target, ids: readonly string[]): Promise<void> {
  await measureRequest('note', target, (index) => ({
    path: `/v1/conversations/${ids[index % ids.length]}/messages`,
    body: { type: 'note', body: 'The customer called about this as well.' },
  }));
  // Every second one is of a contact that exists.
  await measureRequest('conversation with a first message', target, (index) => ({
    path: '/v1/conversations',
    body: {
      subject: 'Where is my order?',
      contact: { email: index % 2 ? `person${index}@example.com` : `new${index}@example.com`, name: `Person ${index}` },
      message: { body: MESSAGE },
    },
  }));
}

async function addRuleAndWebhook(api: ApiClient, url: string): Promise<void> {
  await api.post({ path: '/v1/webhooks', body: { url, events: ['message.created'] } });
  await api.post({
    path: '/v1/automations',
    body: {
      name: 'Orders',
      events: ['message.created'],
      filter: { all: [{ field: 'message.body', operator: 'contains', value: 'order' }] },
      actions: [
        { type: 'add_tags', tags: ['orders'] },
        { type: 'set_priority', priority: 'high' },
        { type: 'add_note', body: 'A question about an order of {{ contact.name }}.' },
      ],
    },
  });
}

const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings: {} });
const receiver = await WebhookReceiver.listen();
try {
  await migrate(postgres.url);
  const profile = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
  const counter = `--import=${join(import.meta.dirname, 'statement-counter.js')}`;
  const server = await serve(
    'Parley',
    join(import.meta.dirname, '../apps/api/main.js'),
    {
      DATABASE_URL: postgres.url,
      PARLEY_HOME: folder,
      PARLEY_API_KEY: KEY,
      PARLEY_LOG_LEVEL: 'warn',
      PARLEY_ALLOW_NETWORKS: '127.0.0.0/8',
    },
    [counter, ...profile],
  );
  const api = new ApiClient(server.url, KEY);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from teams.workspaces');
  await seed(postgres.url, rows[0]!.id, Number(options.conversations), () => undefined);
  const ids = await sampleIds(postgres.url, rows[0]!.id, 2_000);
  const lag = await SubscriberLag.start(postgres.url);
  const target = { server, postgresPid: postgres.pid, api, lag };
  if (options.only !== 'load') await measureRequests(target, ids);
  await addRuleAndWebhook(api, receiver.url);
  const load = { rate: Number(options.rate), seconds: Number(options.seconds), conversationIds: ids, body: MESSAGE };
  // As autovacuum does within a minute: plans for empty tables suit no table that grows.
  await measureLoad(target, receiver, { ...load, seconds: WARM_UP_SECONDS }, () => undefined);
  await client.query('vacuum (analyze)');
  receiver.delays.splice(0);
  printLoad(await measureLoad(target, receiver, load, printSecond), receiver.delays);
  await client.end();
  await lag.close();
  await api.close();
  await server.stop();
} finally {
  receiver.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
