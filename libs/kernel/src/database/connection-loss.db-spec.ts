import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { toDomainError } from '../http/error.filter.js';
import { createDataSource, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
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
