import { Entity, PrimaryColumn, type DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { createDataSource, dataSourceOptions } from './data-source.js';
import { ScopedPool } from './scoped-pool.js';
import { poolOf, replaceConnect, setTransactionActive } from './typeorm-internals.js';

@Entity({ name: 'probe' })
class ProbeEntity {
  @PrimaryColumn('int')
  id: number;
}

describe('members of TypeORM', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await createDataSource({
      ...dataSourceOptions(database.url, 2),
      entities: [ProbeEntity],
    }).initialize();
  });

  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('should give the pool of the data source', async () => {
    const pool = poolOf(source);
    expect(pool).toBeInstanceOf(ScopedPool);
    await source.query('select 1');
    expect(pool.totalCount).toBeGreaterThan(0);
  });

  it('should take the connection of each statement from the replaced function', async () => {
    const runner = source.createQueryRunner();
    let connects = 0;
    const connect: () => Promise<PoolClient> = replaceConnect(runner, () => {
      connects += 1;
      return connect();
    });
    try {
      await runner.query('select 1');
      await runner.manager.query('select 2');
      expect(connects).toBe(2);
    } finally {
      await runner.release();
    }
  });

  it.each([true, false])('should start a transaction for repositories unless one is set active: %s', async (active) => {
    const runner = source.createQueryRunner();
    const sent: string[] = [];
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
    runner.query = ((text: string, ...rest: unknown[]) => {
      sent.push(text);
      return query(text, ...rest);
    }) as typeof runner.query;
    try {
      await runner.query('create table if not exists probe (id int primary key)');
      setTransactionActive(runner, active);
      await runner.manager.getRepository(ProbeEntity).save({ id: Number(active) });
      expect(sent.includes('START TRANSACTION')).toBe(!active);
      expect(sent.some((text) => text.startsWith('INSERT'))).toBe(true);
    } finally {
      setTransactionActive(runner, false);
      await runner.release();
    }
  });
});
