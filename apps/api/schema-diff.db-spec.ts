import { DataSource } from 'typeorm';
import { ApiTestApp } from './testing/api-test-app.js';

let testApp: ApiTestApp;
let dataSource: DataSource;

beforeAll(async () => {
  testApp = await ApiTestApp.create();
  dataSource = testApp.app.get(DataSource);
});

afterAll(() => testApp?.stop());

/**
 * Migrations own indexes and constraints, because TypeORM cannot describe most of them: expressions, operator classes,
 * INCLUDE columns. So the entities declare none, and TypeORM wants to drop them all.
 */
const OWNED_BY_MIGRATIONS = /^DROP INDEX |^ALTER TABLE "\w+"\."\w+" DROP CONSTRAINT /;

/**
 * Migrations also own the expressions of generated columns. Entities declare these columns as read-only;
 * TypeORM compares them as generated columns without an expression.
 */
function markGeneratedColumns(): void {
  for (const column of dataSource.entityMetadatas.flatMap(({ columns }) => columns)) {
    if (column.isInsert || column.isUpdate || column.isGenerated) continue;
    column.generatedType = 'STORED';
    column.asExpression = '';
  }
}

/** Statements that would bring the tables and columns of the database to what the entities declare. */
async function schemaDiff(): Promise<string[]> {
  markGeneratedColumns();
  // TypeORM reads the expressions of generated columns from this table. Without it, it cannot read such columns.
  await dataSource.query(
    `create table if not exists typeorm_metadata (
       type text, database text, schema text, "table" text, name text, value text)`,
  );
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query).filter((query) => !OWNED_BY_MIGRATIONS.test(query));
}

/** Tables of Parley: those of graphile-worker and the list of migrations belong to libraries. */
async function tablesOfDatabase(): Promise<string[]> {
  const rows = await dataSource.query<{ table: string }[]>(
    `select table_schema || '.' || table_name as "table" from information_schema.tables
      where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker')`,
  );
  return rows.map(({ table }) => table).sort();
}

describe('schema diff of the entities', () => {
  it('should find one entity for each table', async () => {
    const tables = dataSource.entityMetadatas.map(({ schema, tableName }) => `${schema}.${tableName}`);
    expect(tables.sort()).toEqual(await tablesOfDatabase());
  });

  it('should be empty for the tables and columns that the migrations create', async () => {
    expect(await schemaDiff()).toEqual([]);
  });

  it.each([
    ['an unknown column', 'add extra text', 'drop extra'],
    ['a missing column', 'rename description to summary', 'rename summary to description'],
    ['another type', 'alter conversation_count type bigint', 'alter conversation_count type integer'],
    ['a missing not-null constraint', 'alter color drop not null', 'alter color set not null'],
    ['another default', 'alter conversation_count set default 1', 'alter conversation_count set default 0'],
    ['another precision', 'alter updated_at type timestamptz(6)', 'alter updated_at type timestamptz(3)'],
  ])('should report %s', async (_difference, change, undo) => {
    await dataSource.query(`alter table workflow.tags ${change}`);
    const diff = await schemaDiff();
    await dataSource.query(`alter table workflow.tags ${undo}`);
    expect(diff.join('\n')).toContain('"workflow"."tags"');
  });
});
