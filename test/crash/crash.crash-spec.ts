import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@parley/embedded-postgres';
import { eventually } from '@parley/kernel/testing';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { Load } from './load.js';
import { CrashableServer } from './crashable-server.js';
import { killDatabase } from './kill-database.js';
import { Survivors } from './survivors.js';

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 20);
/** Number of rounds after which the database is killed too. */
const DATABASE_EVERY = 3;
const SETTLE_MS = 120_000;
const KEY = 'sk_test_crashcrashcrashcrash';

async function post(url: string, route: string, body: object): Promise<string> {
  const response = await fetch(url + route, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const payload = (await response.json()) as { data: { id: string } };
  if (response.status !== 201) throw new Error(`${route}: ${JSON.stringify(payload)}`);
  return payload.data.id;
}

describe(`API server killed ${ROUNDS} times under load`, () => {
  let home: string;
  let postgres: EmbeddedPostgres;
  let receiver: WebhookReceiver;
  let server: CrashableServer;
  let survivors: Survivors;
  let load: Load;
  let webhookId: string;

  beforeAll(
    async () => {
      home = await mkdtemp(path.join(tmpdir(), 'parley-crash-'));
      postgres = await startEmbeddedPostgres({ directory: path.join(home, 'postgres') });
      receiver = await WebhookReceiver.listen();
      rejectSomeOnce(receiver);
      server = await CrashableServer.create({
        PARLEY_HOME: path.join(home, 'parley'),
        DATABASE_URL: postgres.url,
        PARLEY_API_KEY: KEY,
        PARLEY_LOG_LEVEL: 'error',
        PARLEY_ALLOW_NETWORKS: '127.0.0.0/8',
      });
      await server.start();
      await post(server.url, '/v1/teams', { name: 'From here on' });
      webhookId = await post(server.url, '/v1/webhooks', {
        url: receiver.url,
        events: ['conversation.created', 'message.created'],
      });
      await post(server.url, '/v1/automations', {
        name: 'See',
        events: ['conversation.created', 'message.created'],
        run_policy: 'once',
        actions: [
          { type: 'add_tags', tags: ['seen'] },
          { type: 'add_note', body: 'Seen {{conversation.subject}}' },
        ],
      });
      load = new Load(server.url, KEY);
      for (let round = 1; round <= ROUNDS; round += 1) {
        load.start();
        await sleep(300 + Math.random() * 1500);
        await server.kill();
        await load.stop();
        if (round % DATABASE_EVERY === 0) postgres = await killDatabase(postgres, path.join(home, 'postgres'));
        await server.start();
      }
      survivors = await Survivors.connect(postgres.url);
    },
    60_000 + ROUNDS * 20_000,
  );

  afterAll(async () => {
    await load?.stop();
    await survivors?.close();
    await server?.stop();
    await receiver?.close();
    await postgres?.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('should have received and acknowledged requests', () => {
    const acknowledged = load.conversations.filter(({ conversationId }) => conversationId !== null).length;
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    expect(acknowledged).toBeLessThan(load.conversations.length);
    expect(load.unexpected).toEqual([]);
  });

  it('should store every acknowledged write', async () => {
    expect(await survivors.listLostWrites(load)).toEqual([]);
  });

  it('should store every other write completely or not at all', async () => {
    expect(await survivors.listPartialWrites()).toEqual([]);
  });

  it(
    'should apply every event once in every subscriber',
    async () => {
      await eventually(async () => expect(await survivors.listWrongEffects()).toEqual([]), {
        timeoutMs: SETTLE_MS,
        intervalMs: 500,
      });
    },
    SETTLE_MS + 10_000,
  );

  it(
    'should send every event to the webhook with the same body for the same ID',
    async () => {
      await eventually(async () => expect(await survivors.listUndelivered(webhookId)).toEqual([]), {
        timeoutMs: SETTLE_MS,
        intervalMs: 500,
      });
      const bodies = new Map<string, Set<string>>();
      for (const { headers, body } of receiver.received)
        bodies.set(headers['webhook-id']!, (bodies.get(headers['webhook-id']!) ?? new Set()).add(body));
      const changing = [...bodies].filter(([, sent]) => sent.size > 1).map(([id]) => id);
      expect(changing).toEqual([]);
    },
    SETTLE_MS + 10_000,
  );

  it(
    'should leave no stuck work',
    async () => {
      await eventually(async () => expect(await survivors.listStuck()).toEqual([]), {
        timeoutMs: SETTLE_MS,
        intervalMs: 500,
      });
    },
    SETTLE_MS + 10_000,
  );
});

/** Rejects every tenth request if it is the first of its delivery. */
function rejectSomeOnce(receiver: WebhookReceiver): void {
  const seenIds = new Set<string>();
  receiver.replyAlways((response, { headers }) => {
    const id = headers['webhook-id']!;
    response.writeHead(!seenIds.has(id) && receiver.received.length % 10 === 0 ? 503 : 204).end();
    seenIds.add(id);
  });
}
