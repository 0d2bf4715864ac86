import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../database/data-source.js';
import { Database } from '../database/database.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { ListReader } from './list-reader.service.js';
import { parsePageRequest, toListResponse, type Page, type PageRequest } from './page.js';
import type { SearchCondition } from './page-sql.js';

const SEED = Number(process.env.PARLEY_TEST_SEED ?? Date.now() % 2 ** 31);
const MANY = 30_000;

interface Thing {
  readonly id: number;
  readonly grade: number;
  readonly word: string;
}

const THINGS: readonly Thing[] = Array.from({ length: 120 }, (_, id) => ({
  id,
  grade: (id * 7) % 10,
  word: id % 3 === 0 ? 'third' : id === 50 ? 'only' : 'other',
}));
const START = fc.oneof(fc.record({ offset: fc.nat(60) }), fc.record({ after: fc.tuple(fc.nat(9), fc.nat(119)) }));

let database: TestDatabase;
let source: DataSource;
let lists: ListReader;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
  lists = new ListReader(new Database(source));
  await source.query('create table things (id int primary key, grade int not null, word text not null)');
  await source.query(
    'insert into things select id, grade, word from json_to_recordset($1) as t (id int, grade int, word text)',
    [JSON.stringify(THINGS)],
  );
  await source.query(
    `create table many_things as
     select id, id % 7 as grade, case when id % 4 = 0 then 'third' else 'other' end as word
     from generate_series(1, ${MANY}) id`,
  );
  await source.query('analyze many_things');
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

function condition(common: boolean, maxScannedRows: number): SearchCondition {
  return {
    commonCheck: `select ${common} and $2::text is not null`,
    indexCondition: 't.id in (select f.id from things f where f.word = $2)',
    rowCondition: 't.word = $2',
    maxScannedRows,
  };
}

function read(
  table: string,
  term: string,
  search: SearchCondition,
  maxGrade: number,
  request: Partial<PageRequest>,
): Promise<Page<Thing>> {
  return lists.read<Thing & { [column: string]: unknown }, Thing>(
    {
      domain: 'test.things',
      select: 't.id, t.grade, t.word',
      from: `${table} t`,
      where: ['t.grade <= $1'],
      values: [maxGrade, term],
      search,
      order: [
        { sql: 't.grade', type: 'int' },
        { sql: 't.id', type: 'int' },
      ],
      request: {
        limit: 5,
        direction: 'asc',
        start: { offset: 0 },
        ...request,
      },
    },
    ({ id, grade, word }) => ({ id, grade, word }),
  );
}

function expected(term: string, maxGrade: number, direction: 'asc' | 'desc'): Thing[] {
  const sign = direction === 'asc' ? 1 : -1;
  return THINGS.filter((thing) => thing.word === term && thing.grade <= maxGrade).sort(
    (a, b) => sign * (a.grade - b.grade || a.id - b.id),
  );
}

describe(`list with a search condition (seed ${SEED})`, () => {
  it('should return the same page when rows are scanned, found by the index, or both', async () => {
    const term = fc.constantFrom('third', 'other', 'only', 'absent');
    const run = fc.asyncProperty(
      term,
      fc.boolean(),
      fc.integer({ min: 1, max: 150 }),
      fc.nat(9),
      fc.constantFrom('asc', 'desc'),
      fc.integer({ min: 1, max: 40 }),
      START,
      async (searchTerm, common, maxScannedRows, maxGrade, direction, limit, start) => {
        const all = expected(searchTerm, maxGrade, direction);
        const sign = direction === 'asc' ? 1 : -1;
        const rest =
          'offset' in start
            ? all.slice(start.offset)
            : all.filter(({ grade, id }) => sign * (grade - start.after[0] || id - start.after[1]) > 0);
        const countTotal = 'offset' in start;
        const page = await read('things', searchTerm, condition(common, maxScannedRows), maxGrade, {
          limit,
          direction,
          start,
          countTotal,
        });
        const next = rest.length > limit ? [rest[limit - 1]!.grade, rest[limit - 1]!.id] : null;
        const total = countTotal ? { value: all.length, estimate: false } : null;
        expect(page).toEqual({ items: rest.slice(0, limit), total, next });
      },
    );
    await fc.assert(run, { seed: SEED, numRuns: 300 });
  });

  it('should return the total of the cursor without counting when a client requests the next page', async () => {
    const scope = ['things'];
    const first = parsePageRequest({}, scope);
    const total = { value: 7_777, estimate: true };
    const cursor = toListResponse(first, { items: [], total, next: [0, 0] }).meta.next_cursor!;
    const page = await read('things', 'other', condition(true, 1_000), 9, parsePageRequest({ cursor }, scope));
    expect(page.total).toEqual(total);
  });

  it('should estimate the total from a sample when the condition matches very many rows', async () => {
    const search = { ...condition(true, 1_000), indexCondition: 't.id in (select 1 / (0 * random())::int)' };
    const { total, items } = await read('many_things', 'other', search, 9, {});
    expect(total!.estimate).toBe(true);
    expect(Math.abs(total!.value - MANY * 0.75)).toBeLessThan(MANY * 0.1);
    expect(items).toHaveLength(5);
  });

  it('should count exactly when the sample suggests a countable total', async () => {
    const search = { ...condition(true, 1_000), indexCondition: 't.word = $2' };
    expect((await read('many_things', 'third', search, 9, {})).total).toEqual({ value: MANY / 4, estimate: false });
  });
});
