import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';
import { createDataSource, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { statement } from './statement.js';
import { TransactionBatch } from './transaction-batch.js';
import { TransactionCache } from './transaction-cache.js';
import { UnitOfWork } from './unit-of-work.js';

const CREATE = statement('testing.create-words', 'create table words (word text primary key)');
const ADD = statement('testing.add-words', 'insert into words select * from unnest($1::text[])');
const LIST = statement('testing.list-words', 'select word from words order by word');

describe('data of a transaction', () => {
  let testDatabase: TestDatabase;
  let source: DataSource;
  let database: Database;
  let unitOfWork: UnitOfWork;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    source = await createDataSource(dataSourceOptions(testDatabase.url, 2)).initialize();
    database = new Database(source);
    unitOfWork = new UnitOfWork(database);
    await database.execute(CREATE);
  });

  afterEach(async () => {
    await source?.destroy();
    await testDatabase?.drop();
  });

  async function listWords(): Promise<string[]> {
    return (await database.rows<{ word: string }>(LIST)).map(({ word }) => word);
  }

  describe('TransactionBatch', () => {
    const written: number[] = [];
    const committed: (readonly string[])[] = [];
    let batch: TransactionBatch<string>;

    beforeEach(() => {
      written.length = 0;
      committed.length = 0;
      batch = new TransactionBatch<string>(
        'testing.add-words',
        (rows) => {
          written.push(rows.length);
          return database.execute(ADD, [rows]);
        },
        (rows) => committed.push(rows),
      );
    });

    it('should write all rows in one statement when the transaction commits', async () => {
      await unitOfWork.run(async () => {
        batch.add('a');
        batch.add('b');
        expect(batch.rows).toEqual(['a', 'b']);
        expect(await listWords()).toEqual([]);
      });
      expect(await listWords()).toEqual(['a', 'b']);
      expect(written).toEqual([2]);
      expect(committed).toEqual([['a', 'b']]);
    });

    it('should drop the rows added since a savepoint when it is rolled back', async () => {
      await unitOfWork.run(async () => {
        batch.add('kept');
        const failing = unitOfWork.runInSavepoint(async () => {
          batch.add('dropped');
          await database.execute(ADD, [['also dropped']]);
          throw new Error('undo');
        });
        await expect(failing).rejects.toThrow('undo');
        batch.add('later');
      });
      expect(await listWords()).toEqual(['kept', 'later']);
    });

    it('should write nothing when only a rolled-back savepoint added rows', async () => {
      await unitOfWork.run(async () => {
        const failing = unitOfWork.runInSavepoint(() => {
          batch.add('dropped');
          return Promise.reject(new Error('undo'));
        });
        await expect(failing).rejects.toThrow('undo');
      });
      expect(written).toEqual([]);
      expect(committed).toEqual([]);
    });

    it('should commit nothing when the rows cannot be written', async () => {
      const failing = unitOfWork.run(async () => {
        await database.execute(ADD, [['a']]);
        batch.add('a');
      });
      await expect(failing).rejects.toThrow(/words_pkey/);
      expect(await listWords()).toEqual([]);
      expect(committed).toEqual([]);
    });

    it('should throw when a row is added outside of a unit of work', () => {
      expect(() => batch.add('a')).toThrow('testing.add-words requires a unit of work');
      expect(batch.rows).toEqual([]);
    });
  });

  describe('TransactionCache', () => {
    const cache = new TransactionCache<string>('testing.cache');

    it('should keep values until the transaction ends', async () => {
      await unitOfWork.run(async () => {
        cache.set('one', 'a');
        cache.set('two', 'b');
        const failing = unitOfWork.runInSavepoint(() => Promise.reject(new Error('undo')));
        await expect(failing).rejects.toThrow('undo');
        expect([cache.get('one'), cache.get('two')]).toEqual(['a', 'b']);
        cache.deleteWhere((value) => value === 'a');
        expect([cache.get('one'), cache.get('two')]).toEqual([undefined, 'b']);
      });
      await unitOfWork.run(async () => expect(cache.get('two')).toBeUndefined());
    });

    it('should keep nothing outside of a transaction', () => {
      cache.set('one', 'a');
      expect(cache.get('one')).toBeUndefined();
    });
  });
});
