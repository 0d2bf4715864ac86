import type { Socket } from 'node:net';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { preferIdleClient, sendTogether } from './pg-internals.js';

describe('members of pg and pg-pool', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 3, pipeline: true } as pg.PoolConfig);
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it('should make the pool hand out the preferred idle connection first', async () => {
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
    clients.forEach((client) => client.release());
    for (const preferred of [clients[0]!, clients[1]!, clients[0]!]) {
      preferIdleClient(pool, (client) => client === preferred);
      const handedOut = await pool.connect();
      handedOut.release();
      expect(handedOut === preferred).toBe(true);
    }
    expect(pool.idleCount).toBe(3);
  });

  it('should send the statements of one turn in one write', async () => {
    const client = await pool.connect();
    const { stream } = (client as pg.PoolClient & { readonly connection: { readonly stream: Socket } }).connection;
    await client.query('select 1');
    const before = stream.bytesWritten;
    sendTogether(client);
    const answers = [client.query('select 2 as n'), client.query('select 3 as n')];
    expect(stream.writableCorked).toBeGreaterThan(0);
    expect((await Promise.all(answers)).map(({ rows }) => (rows as { n: number }[])[0]!.n)).toEqual([2, 3]);
    expect(stream.writableCorked).toBe(0);
    expect(stream.bytesWritten).toBeGreaterThan(before);
    client.release();
  });
});
