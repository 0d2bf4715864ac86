import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { toDomainError } from '../http/error.filter.js';
import { createDataSource, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { ScopedPool } from './scoped-pool.js';
import { statement } from './statement.js';
import { UnitOfWork } from './unit-of-work.js';

const SELECT = statement('testing.select-one', 'select 1 as one');

describe('unit of work that loses its connection', () => {
  let testDatabase: TestDatabase;
  let source: DataSource;
  let database: Database;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    source = await createDataSource(dataSourceOptions(testDatabase.url, 2)).initialize();
    database = new Database(source);
    unitOfWork = new UnitOfWork(database);
  });

  afterEach(async () => {
    await source?.destroy();
    await testDatabase?.drop();
  });

  async function terminateConnections(): Promise<void> {
    const client = new pg.Client({ connectionString: testDatabase.url });
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await client.end();
  }

  it('should reject with the error of the work when the rollback to a savepoint fails', async () => {
    const original = new Error('original');
    const caught: unknown[] = [];
    const running = unitOfWork.run(async () => {
      await database.rows(SELECT);
      await unitOfWork
        .runInSavepoint(async () => {
          await database.rows(SELECT);
          await terminateConnections();
          throw original;
        })
        .catch((error: unknown) => caught.push(error));
      return database.rows(SELECT);
    });
    const lost = await running.catch((error: unknown) => error);
    expect(caught).toEqual([original]);
    expect(toDomainError(lost)).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('should undo the effects outside of the database when the rollback to a savepoint fails', async () => {
    const undone: string[] = [];
    const running = unitOfWork.run(() =>
      unitOfWork.runInSavepoint(async () => {
        await database.rows(SELECT);
        unitOfWork.afterRollback(() => void undone.push('file'));
        await terminateConnections();
        await database.rows(SELECT);
      }),
    );
    const failure: unknown = await running.catch((error: unknown) => error);
    expect({ failure, mapped: toDomainError(failure) }).toMatchObject({ mapped: { code: 'UNAVAILABLE' } });
    expect(undone).toEqual(['file']);
  });

  it('should not commit when the work goes on without a statement after the loss', async () => {
    const running = unitOfWork.run(async () => {
      await database.rows(SELECT);
      await unitOfWork
        .runInSavepoint(async () => {
          await database.rows(SELECT);
          await terminateConnections();
          throw new Error('original');
        })
        .catch(() => undefined);
    });
    const failure: unknown = await running.catch((error: unknown) => error);
    expect({ failure, mapped: toDomainError(failure) }).toMatchObject({ mapped: { code: 'UNAVAILABLE' } });
  });
});

describe('errors of connections', () => {
  const open: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const item of open.splice(0).reverse()) await item.close();
  });

  async function listen(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer(onConnection).listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => server.close() });
    return (server.address() as AddressInfo).port;
  }

  function poolFor(port: number, url = 'postgres://user@127.0.0.1/none'): ScopedPool {
    const target = new URL(url);
    target.hostname = '127.0.0.1';
    target.port = String(port);
    const pool = new ScopedPool({ connectionString: target.href, connectionTimeoutMillis: 5_000 });
    open.push({ close: () => pool.end() });
    return pool;
  }

  async function refused(): Promise<unknown> {
    const port = await listen(() => undefined);
    await open.pop()!.close();
    return poolFor(port).query('select 1');
  }

  async function resetAtStart(): Promise<unknown> {
    return poolFor(await listen((socket) => socket.resetAndDestroy())).connect();
  }

  async function resetInUse(): Promise<unknown> {
    const testDatabase = await createTestDatabase();
    open.push({ close: () => testDatabase.drop() });
    const { port } = new URL(testDatabase.url);
    const sockets: Socket[] = [];
    const proxyPort = await listen((socket) => {
      const upstream = connect(Number(port || 5432), '127.0.0.1');
      sockets.push(socket);
      socket.on('error', () => undefined).on('close', () => upstream.destroy());
      upstream.on('error', () => undefined);
      socket.pipe(upstream).pipe(socket);
    });
    const client = await poolFor(proxyPort, testDatabase.url).connect();
    const pending = client.query('select 1');
    for (const socket of sockets) socket.resetAndDestroy();
    return pending.finally(() => client.release(true));
  }

  it.each([
    ['is refused', refused],
    ['is reset at its start', resetAtStart],
    ['is reset in use', resetInUse],
  ])('should map to 503 when the connection %s', async (_name, fail) => {
    const error: unknown = await fail().catch((failure: unknown) => failure);
    expect({ error, mapped: toDomainError(error) }).toMatchObject({ mapped: { code: 'UNAVAILABLE' } });
  });
});
