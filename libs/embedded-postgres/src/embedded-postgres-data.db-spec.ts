import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { isAlive } from './process-identity.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

describe('data of an embedded Postgres', () => {
  let home: string;
  let directory: string;
  const servers: EmbeddedPostgres[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'parley-embedded-'));
    await chmod(home, 0o711);
    directory = path.join(home, 'postgres');
  });

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  it('should keep its data and its port after a restart', async () => {
    const first = await start();
    await query(first.url, 'create table if not exists kept as select 42 as answer');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(second).toMatchObject({ adopted: false, port: first.port, url: first.url });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('should recover when the server process was killed', async () => {
    const first = await start();
    await query(
      first.url,
      'drop table if exists survivors; create table survivors as select generate_series(1, 1000) as n',
    );
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select count(*)::int as n from survivors')).toEqual([{ n: 1000 }]);
  });

  it('should keep its data when its directory is moved', async () => {
    const first = await start();
    await query(first.url, 'create table if not exists moved as select 7 as answer');
    await first.stop();
    const elsewhere = path.join(home, 'a new path');
    await rename(directory, elsewhere);
    directory = elsewhere;
    const second = await start();
    expect(await query(second.url, 'select answer from moved')).toEqual([{ answer: 7 }]);
    await second.stop();
    expect((await readdir(directory)).sort()).toEqual(['cluster.json', 'data', 'owner.json']);
  });

  it('should not create an empty database when the data directory is missing', async () => {
    const first = await start();
    await first.stop();
    await rm(path.join(directory, 'data'), { recursive: true });
    await expect(start()).rejects.toThrow(/is missing/);
  });

  async function start(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ directory });
    servers.push(server);
    return server;
  }
});

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
