import pg from 'pg';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { ignoreConnectionErrors, ScopedPool } from './scoped-pool.js';

interface BackendPid {
  readonly pid: number;
}

describe.each([
  ['ScopedPool', (connectionString: string) => new ScopedPool({ connectionString, max: 2 })],
  [
    'a pool with ignoreConnectionErrors',
    (connectionString: string) => {
      const pool = new pg.Pool({ connectionString, max: 2 });
      ignoreConnectionErrors(pool);
      return pool;
    },
  ],
] as const)('%s', (_name, createPool) => {
  let database: TestDatabase;
  let administrator: pg.Client;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
  });

  beforeEach(() => {
    pool = createPool(database.url);
    pool.on('error', () => undefined);
  });

  afterEach(() => pool.end());

  afterAll(async () => {
    await administrator.end();
    await database.drop();
  });

  const pidOf = async (client: pg.PoolClient): Promise<number> =>
    (await client.query<BackendPid>('select pg_backend_pid() as pid')).rows[0]!.pid;

  /** Ends a session and waits until the server has closed it. */
  async function terminate(pid: number): Promise<void> {
    await administrator.query('select pg_terminate_backend($1)', [pid]);
    await eventually(async () =>
      expect((await administrator.query('select 1 from pg_stat_activity where pid = $1', [pid])).rowCount).toBe(0),
    );
    // The error arrives in a later turn than the answer to the administrator.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  // A connection without a listener would end the test process.
  it.each<[state: string, lose: (client: pg.PoolClient, pid: number) => Promise<void>]>([
    [
      'is idle in the pool',
      async (client, pid) => {
        client.release();
        await terminate(pid);
      },
    ],
    [
      'is checked out',
      async (client, pid) => {
        await terminate(pid);
        client.release(true);
      },
    ],
    [
      'is in a transaction',
      async (client, pid) => {
        await client.query('begin');
        await terminate(pid);
        await expect(client.query('commit')).rejects.toThrow();
        client.release(true);
      },
    ],
    [
      'runs a statement',
      async (client, pid) => {
        const outcome = expect(client.query('select pg_sleep(30)')).rejects.toThrow();
        await terminate(pid);
        await outcome;
        client.release(true);
      },
    ],
    [
      'is being closed',
      async (client, pid) => {
        const terminated = terminate(pid);
        client.release(true);
        await terminated;
      },
    ],
  ])('should survive the loss of a connection that %s', async (_state, lose) => {
    const client = await pool.connect();
    await lose(client, await pidOf(client));
    expect((await pool.query('select 1')).rowCount).toBe(1);
  });
});
