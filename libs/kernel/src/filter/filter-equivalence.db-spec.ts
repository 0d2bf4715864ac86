import * as fc from 'fast-check';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { compileFilter } from './compile-filter.js';
import { evaluateFilter } from './evaluate-filter.js';
import { explainFilter } from './explain-filter.js';
import { catalogue, filter, pattern } from './filter-equivalence.arbitraries.js';
import { now, row, texts, type Row } from './filter-values.arbitraries.js';
import { matchesPattern, patternIssue } from './filter-pattern.js';
import type { FilterSubject } from './filter-types.js';
import { parseFilter } from './parse-filter.js';
import { toPortablePattern } from './portable-pattern.js';
import type { ValidFilter } from './valid-filter.js';

const SEED = Number(process.env.PARLEY_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = { seed: SEED, numRuns: 100 };
const FILTERS_PER_RUN = 60;

const COLUMNS =
  'position int, whole int, large bigint, exact numeric, float double precision, words text, title text, flag boolean, ' +
  'happened_at timestamptz, owner_id uuid, status text, tags text[], custom_fields jsonb';

const emptyRow: Row = {
  whole: null,
  large: null,
  exact: null,
  float: null,
  words: null,
  title: '',
  flag: null,
  happened_at: null,
  owner_id: null,
  status: null,
  tags: null,
  custom_fields: null,
};

function storedRow(source: Row, position: number): Record<string, unknown> {
  const at = source.happened_at;
  const happenedAt =
    at && new Date(at.milliseconds).toISOString().replace('Z', `${String(at.microseconds).padStart(3, '0')}Z`);
  return { ...source, position, happened_at: happenedAt };
}

function subjectOf(source: Row, at: Date): FilterSubject {
  const get = (field: string): unknown => {
    const [, key] = /^(?:custom_fields|typed)\.(.+)$/s.exec(field) ?? [];
    if (key !== undefined)
      return source.custom_fields && Object.hasOwn(source.custom_fields, key) ? source.custom_fields[key] : undefined;
    if (field === 'happened_at') return source.happened_at && new Date(source.happened_at.milliseconds);
    return source[field as keyof Row];
  };
  return { get, now: at };
}

describe(`filter language in Postgres and in memory (seed ${SEED})`, () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`create table filter_rows (${COLUMNS})`);
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  async function storeRows(rows: Row[]): Promise<void> {
    await client.query('truncate filter_rows');
    await client.query(`insert into filter_rows select * from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})`, [
      JSON.stringify(rows.map(storedRow)),
    ]);
  }

  /** The result of each filter for each row, directly from SQL, so that a null would be visible. */
  async function resultsOf(filters: ValidFilter[], at: Date): Promise<unknown[][]> {
    const params: unknown[] = [];
    const expressions = filters.map((valid) => compileFilter(valid, catalogue, params, { now: at }));
    const columns = expressions.map((sql, index) => `(${sql}) as f${index}`).join(', ');
    const { rows } = await client.query({
      text: `select ${columns} from filter_rows t order by position`,
      values: params,
      rowMode: 'array',
    });
    return rows as unknown[][];
  }

  it('should select exactly the rows that match in memory', async () => {
    let compared = 0;
    const property = fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(filter, { minLength: 1, maxLength: FILTERS_PER_RUN, size: 'max' }),
      now,
      async (rows, inputs, at) => {
        const filters = inputs
          .map((input) => parseFilter(input, catalogue, { purpose: 'sql' }))
          .flatMap((parsed) => {
            if (!parsed.ok)
              expect(parsed.issues.map((issue) => issue.message).join()).toMatch(
                /RE2|uses|exceeds the limit of 100 conditions/,
              );
            return parsed.ok ? [parsed.filter] : [];
          });
        fc.pre(filters.length > 0);
        await storeRows(rows);
        const results = await resultsOf(filters, at);
        rows.forEach((source, position) =>
          filters.forEach((valid, index) => {
            const expected = evaluateFilter(valid, subjectOf(source, at));
            if (position === 0) expect(explainFilter(valid, catalogue, subjectOf(source, at)).matched).toBe(expected);
            if (results[position]![index] !== expected) {
              throw new Error(
                `SQL returns ${results[position]![index]}, memory ${expected}: ${JSON.stringify(valid.source)} on ` +
                  JSON.stringify(storedRow(source, position)),
              );
            }
          }),
        );
        compared += filters.length;
      },
    );
    await fc.assert(property, RUNS);
    expect(compared).toBeGreaterThanOrEqual(300);
  }, 120_000);

  it.each([
    ['Hauptstraße 5', 'HAUPTSTRASSE', true],
    ['HAUPTSTRASSE 5', 'straße', true],
    ['Une crème', 'CRE\u0300ME', true],
    ['Une cre\u0300me', 'creme', true],
    ['ｏｒｄｅｒ　１２３', 'Order 123', true],
    ['مُحَمَّد', 'محمد', true],
    ['كـــتاب', 'كتاب', true],
    ['שָׁלוֹם', 'שלום', true],
    ['東京都', '京', true],
    ['ΟΔΟΣ', 'οδός', true],
    ['so\u00adft hy\u200bphen', 'SOFT HYPHEN', true],
    ['100 %', '100_', false],
    ['Muller', 'Mueller', false],
  ])('should compare folded text in both: %j contains %j: %s', async (text, value, expected) => {
    await storeRows([{ ...emptyRow, title: text }]);
    const filters = ['contains', 'starts_with', 'ends_with', 'equals', 'in'].map((operator) => {
      const condition = { field: 'title', operator, value: operator === 'in' ? [value] : value };
      const parsed = parseFilter({ all: [condition] }, catalogue, { purpose: 'sql' });
      if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join());
      return parsed.filter;
    });
    const at = new Date();
    const inMemory = filters.map((valid) => evaluateFilter(valid, subjectOf({ ...emptyRow, title: text }, at)));
    expect(inMemory[0]).toBe(expected);
    expect(await resultsOf(filters, at)).toEqual([inMemory]);
  });

  it('should match patterns in Postgres as RE2 does', async () => {
    let compared = 0;
    const property = fc.asyncProperty(
      fc.array(pattern, { minLength: 1, maxLength: 40, size: 'max' }),
      texts,
      async (patterns, subjects) => {
        const portable = patterns.filter((text) => patternIssue(text, 'sql') === undefined);
        fc.pre(portable.length > 0);
        const translated = portable
          .map((text) => toPortablePattern(text))
          .map((result) => (result.ok ? result.are : ''));
        const columns = translated.map((_, index) => `(s.t collate "C") ~ $${index + 2}::text`).join(', ');
        const { rows } = await client.query({
          text: `select ${columns} from unnest($1::text[]) with ordinality as s(t, n) order by n`,
          values: [subjects, ...translated],
          rowMode: 'array',
        });
        subjects.forEach((subject, line) =>
          portable.forEach((text, index) => {
            const expected = matchesPattern(text, subject);
            if (rows[line]![index] !== expected) {
              throw new Error(
                `Postgres returns ${rows[line]![index]}, RE2 ${expected}: ${JSON.stringify(text)} ` +
                  `(${translated[index]}) on ${JSON.stringify(subject)}`,
              );
            }
          }),
        );
        compared += portable.length;
      },
    );
    await fc.assert(property, RUNS);
    expect(compared).toBeGreaterThanOrEqual(300);
  }, 120_000);

  it('should keep Postgres fast on the largest patterns that validation accepts', async () => {
    const subject = 'ab'.repeat(5000);
    const hostile = [
      '(a|b)*a(a|b){90}$',
      '(?:a{0,90}b?){0,1}c',
      '(.{1,50}){1,5}c$',
      '((a?){50}){5}c',
      '(a|ab|b){1,90}c',
      '(?i)[a-z]{1,150}[0-9]',
      '(((a*)*)*)*c',
      '(a*b*)*c',
      '(x+x+)+y',
      '(\\w+\\s?)+c$',
      '.*.*.*.*.*.*.*.*c',
      '(a|a)*(a|a)*c',
      '\\b.*\\b.*\\bc',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
    ].filter((text) => toPortablePattern(text).ok);
    await client.query("set statement_timeout = '5s'");
    for (const text of hostile) {
      const translated = toPortablePattern(text);
      await client.query('select ($1 collate "C") ~ $2::text', [subject, translated.ok ? translated.are : '']);
    }
    await client.query('set statement_timeout = 0');
    expect(hostile.length).toBeGreaterThan(8);
  }, 120_000);
});
