import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@parley/embedded-postgres';
import { eventually } from '@parley/kernel/testing';
import { CrashableServer } from './crashable-server.js';
import { killDatabase } from './kill-database.js';
import { Load } from './load.js';
import { Survivors } from './survivors.js';

const KEY = 'sk_live_databaseloss00000000';
const ROUNDS = 10;

/** Terminates all connections of the server. */
async function terminateConnections({ url }: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where usename = current_user and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
  } finally {
    await client.end();
  }
}

describe(`API server that loses its database ${ROUNDS} times under load`, () => {
  let home: string;
  let postgres: EmbeddedPostgres;
  let server: CrashableServer;
  let load: Load;
  let survivors: Survivors;
  /** Acknowledged conversations per round after the loss. */
  const acknowledged: number[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'parley-database-loss-'));
    const directory = path.join(home, 'postgres');
    postgres = await startEmbeddedPostgres({ directory });
    server = await CrashableServer.create({
      PARLEY_HOME: path.join(home, 'parley'),
      DATABASE_URL: postgres.url,
      PARLEY_API_KEY: KEY,
      PARLEY_LOG_LEVEL: 'error',
    });
    await server.start();
    load = new Load(server.url, KEY, true);
    load.start();
    const countAcknowledged = (): number =>
      load.conversations.filter(({ conversationId }) => conversationId !== null).length;
    try {
      for (let round = 1; round <= ROUNDS && server.isRunning; round += 1) {
        await sleep(200 + Math.random() * 800);
        if (round % 2 === 0) postgres = await killDatabase(postgres, directory);
        else await terminateConnections(postgres);
        const before = countAcknowledged();
        await eventually(() => server.isRunning === false || countAcknowledged() > before, { timeoutMs: 30_000 });
        acknowledged.push(countAcknowledged() - before);
      }
    } finally {
      await load.stop();
    }
  }, 300_000);

  afterAll(async () => {
    await survivors?.close();
    await server?.stop();
    await postgres?.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('should keep running and recover after each loss', () => {
    expect(server.isRunning).toBe(true);
    expect(acknowledged).toHaveLength(ROUNDS);
    expect(Math.min(...acknowledged)).toBeGreaterThan(0);
  });

  it('should return 503 for requests that it could not complete', () => {
    expect(load.conversations.some(({ conversationId }) => conversationId === null)).toBe(true);
    expect(load.unexpected).toEqual([]);
  });

  it('should store acknowledged writes, and every other write completely or not at all', async () => {
    survivors = await Survivors.connect(postgres.url);
    expect(await survivors.listLostWrites(load)).toEqual([]);
    expect(await survivors.listPartialWrites()).toEqual([]);
    await eventually(async () => expect(await survivors.listStuck()).toEqual([]), {
      timeoutMs: 60_000,
      intervalMs: 500,
    });
  }, 70_000);
});
