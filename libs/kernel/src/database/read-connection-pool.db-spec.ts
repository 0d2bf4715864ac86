import pg from 'pg';
import { createTestDatabase, eventually } from '@parley/kernel/testing';
import { runInContext, systemContext } from '../context/request-context.js';
import { newId } from '../ids/ids.js';
import { ReadConnectionPool } from './read-connection-pool.js';
import { ScopedPool } from './scoped-pool.js';

const READ = {
  name: 'read',
  text: `select current_setting('parley.workspace_id', true) as workspace, current_user as role, $1::int as asked`,
};

type Row = { workspace: string | null; role: string; asked: number };

describe('ReadConnectionPool', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let pool: ScopedPool;
  let connections: ReadConnectionPool;

  beforeEach(async () => {
    database = await createTestDatabase();
    pool = new ScopedPool({ connectionString: database.url, max: 3, pipeline: true } as pg.PoolConfig);
    pool.on('error', () => undefined);
    pool.rowSecurity = true;
    connections = new ReadConnectionPool(pool, 2);
  });

  afterEach(async () => {
    await connections.close();
    await pool.end();
    await database.drop();
  });

  function read(scope: string, reads: number): Promise<Row> {
    return runInContext(
      systemContext('test', null, scope),
      async () => (await connections.query<Row>({ ...READ, values: [reads] })!).rows[0]!,
    );
  }

  it('should return only rows of the own workspace when reads of several workspaces interleave', async () => {
    const scopes = Array.from({ length: 3 }, newId);
    const reads = Array.from({ length: 600 }, (_, index) => index);
    const rows = await Promise.all(reads.map((index) => read(scopes[(index * 7) % 3]!, index)));
    rows.forEach((row, index) =>
      expect(row).toEqual({ workspace: scopes[(index * 7) % 3], role: 'parley_app', asked: index }),
    );
    expect(pool.totalCount).toBe(2);
  });

  it('should read in the system scope when the context is the system', async () => {
    await read(newId(), 1);
    expect(await read('system', 2)).toMatchObject({ workspace: '', role: 'parley' });
  });

  it('should fail only the read that caused the error', async () => {
    const scope = newId();
    const outcomes = await Promise.allSettled([read(scope, 1), read(scope, 1e10), read(scope, 3)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('should continue on a new connection after one is lost', async () => {
    const scope = newId();
    await read(scope, 1);
    const killer = new pg.Client({ connectionString: database.url });
    await killer.connect();
    await killer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await killer.end();
    await eventually(async () => expect(await read(scope, 2)).toMatchObject({ workspace: scope, asked: 2 }));
  });

  it('should finish pending reads and refuse new ones when it is closed', async () => {
    const last = read(newId(), 1);
    await connections.close();
    expect((await last).asked).toBe(1);
    expect(connections.query(READ)).toBeNull();
  });
});
