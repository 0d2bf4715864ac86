import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { runInContext, SYSTEM_SCOPE, systemContext } from '../context/request-context.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { dataSourceOptions, poolOf } from './data-source.js';
import { Database } from './database.js';
import { APP_ROLE } from './scoped-pool.js';
import { statement } from './statement.js';
import { UnitOfWork } from './unit-of-work.js';

interface IsolatedTable {
  readonly name: string;
  /** The column with the ID of the workspace. */
  readonly column: string;
  readonly enabled: boolean;
  readonly policies: readonly {
    readonly using: string | null;
    readonly check: string | null;
    readonly command: string;
    readonly permissive: boolean;
  }[];
  readonly readable: boolean;
  readonly writable: boolean;
}

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name, a.attname as column, c.relrowsecurity as enabled,
    coalesce((
      select json_agg(json_build_object('using', pg_get_expr(p.polqual, c.oid),
        'check', pg_get_expr(p.polwithcheck, c.oid), 'command', p.polcmd, 'permissive', p.polpermissive))
      from pg_policy p where p.polrelid = c.oid), '[]') as policies,
    has_table_privilege('${APP_ROLE}', c.oid, 'select') as readable,
    (select bool_and(has_table_privilege('${APP_ROLE}', c.oid, privilege))
      from unnest('{insert,update,delete}'::text[]) privilege) as writable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    and (a.attname = 'workspace_id' or (c.oid = 'teams.workspaces'::regclass and a.attname = 'id'))
  where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' order by 1`;

const WORKSPACE_A = randomUUID();
const WORKSPACE_B = randomUUID();

let database: TestDatabase;
let owner: pg.Client;
let tables: IsolatedTable[];

/** Inserts one row of a workspace into a table with any columns. */
async function insertRow(table: IsolatedTable, workspaceId: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attnotnull and not atthasdef and attidentity = ''`,
    [table.name],
  );
  const values: Record<string, unknown> = {
    uuid: randomUUID(),
    jsonb: '{}',
    json: '{}',
    boolean: false,
    'timestamp with time zone': new Date(),
    bytea: Buffer.from('x'),
  };
  const columns = [...new Set([table.column, ...rows.map(({ name }) => name)])];
  const providedValues = columns.map((name) => {
    if (name === table.column) return workspaceId;
    const { type } = rows.find((row) => row.name === name)!;
    if (type.endsWith('[]')) return [];
    return type in values
      ? type === 'uuid'
        ? randomUUID()
        : values[type]
      : /int|numeric|double|real/.test(type)
        ? 1
        : randomUUID();
  });
  await owner.query(
    `insert into ${table.name} (${columns.join(', ')})
     values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    providedValues,
  );
}

/** Runs a statement as the app role with access to one workspace or none, and rolls it back. */
async function asApp<T extends pg.QueryResultRow>(
  workspaceId: string | null,
  text: string,
  values: unknown[] = [],
): Promise<pg.QueryResult<T>> {
  await owner.query('begin');
  try {
    await owner.query(`set local role ${APP_ROLE}`);
    if (workspaceId) await owner.query(`select set_config('parley.workspace_id', $1, true)`, [workspaceId]);
    return await owner.query<T>(text, values);
  } finally {
    await owner.query('rollback');
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  tables = (await owner.query<IsolatedTable>(TABLES)).rows;
  // The rows are generated, so foreign keys and checks would reject them.
  for (const table of tables) {
    const { rows } = await owner.query<{ name: string }>(
      `select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')`,
      [table.name],
    );
    for (const { name } of rows) await owner.query(`alter table ${table.name} drop constraint "${name}"`);
  }
  for (const table of tables) for (const workspaceId of [WORKSPACE_A, WORKSPACE_B]) await insertRow(table, workspaceId);
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

describe('row-level security', () => {
  it('should be enabled for reads and writes on every table with a workspace column', () => {
    expect(tables.length).toBeGreaterThan(15);
    const open = tables.filter(
      ({ enabled, policies }) =>
        !enabled ||
        policies.length !== 1 ||
        policies[0]!.command !== '*' ||
        !policies[0]!.permissive ||
        !policies[0]!.using ||
        policies[0]!.using !== policies[0]!.check,
    );
    expect(open.map(({ name }) => `${name}: call kernel.isolate('${name}') in its migration`)).toEqual([]);
  });

  it('should apply to views: every view uses the permissions of the caller', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('v', 'm') and n.nspname in (select split_part(t, '.', 1) from unnest($1::text[]) t)
         and not coalesce(c.reloptions @> '{security_invoker=true}', false)`,
      [tables.map(({ name }) => name)],
    );
    expect(rows).toEqual([]);
  });

  it('should give the app role neither ownership nor BYPASSRLS', async () => {
    const { rows } = await owner.query(
      `select rolsuper, rolbypassrls, rolcanlogin,
         (select count(*)::int from pg_class where relowner = r.oid) as owned
       from pg_roles r where rolname = $1`,
      [APP_ROLE],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, owned: 0 }]);
  });

  it('should return no rows when no workspace is set', async () => {
    const visibleRows: string[] = [];
    for (const { name, readable } of tables)
      if (readable && (await asApp(null, `select 1 from ${name}`)).rowCount !== 0) visibleRows.push(name);
    expect(visibleRows).toEqual([]);
  });

  it('should return the rows of the current workspace only', async () => {
    for (const { name, column, readable } of tables) {
      if (readable)
        expect([name, (await asApp(WORKSPACE_A, `select ${column} as id from ${name}`)).rows]).toEqual([
          name,
          [{ id: WORKSPACE_A }],
        ]);
    }
  });

  it('should not let a workspace update, delete or reassign rows of another workspace', async () => {
    for (const { name, column, writable } of tables) {
      if (!writable) continue;
      expect([
        name,
        (await asApp(WORKSPACE_A, `update ${name} set ${column} = ${column} where ${column} = $1`, [WORKSPACE_B]))
          .rowCount,
      ]).toEqual([name, 0]);
      expect([
        name,
        (await asApp(WORKSPACE_A, `delete from ${name} where ${column} = $1`, [WORKSPACE_B])).rowCount,
      ]).toEqual([name, 0]);
      await expect(asApp(WORKSPACE_A, `update ${name} set ${column} = $1`, [WORKSPACE_B])).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  it('should return only users who are members of the current workspace', async () => {
    const [member, foreign] = [randomUUID(), randomUUID()];
    for (const id of [member, foreign])
      await owner.query(`insert into teams.users (id, email, name) values ($1, $2, 'Ada')`, [id, `${id}@example.com`]);
    await owner.query(
      `insert into teams.memberships (workspace_id, user_id, role) values ($1, $3, 'agent'), ($2, $4, 'agent')`,
      [WORKSPACE_A, WORKSPACE_B, member, foreign],
    );
    const visible = async (workspaceId: string | null, from: string): Promise<string[]> =>
      (
        await asApp<{ id: string }>(workspaceId, `select id from ${from} where id = any($1)`, [[member, foreign]])
      ).rows.map(({ id }) => id);
    for (const from of ['teams.users', 'teams.user_cards']) {
      expect(await visible(WORKSPACE_A, from)).toEqual([member]);
      expect(await visible(WORKSPACE_B, from)).toEqual([foreign]);
      expect(await visible(null, from)).toEqual([]);
    }
  });
});

describe('ScopedPool', () => {
  const ADD = statement(
    'test.add-timer',
    `insert into kernel.timers (id, workspace_id, kind, key, payload, due_at)
     values ($1, $2, 'test.pool', $3, '{}', now())`,
  );
  const SEEN = statement(
    'test.seen',
    `select current_user::text as role, count(*)::int as mine,
       count(*) filter (where workspace_id <> $1)::int as foreign
     from kernel.timers where kind = 'test.pool'`,
  );

  it('should never mix workspaces when units of work of several workspaces share its connections', async () => {
    const source = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    poolOf(source).rowSecurity = true;
    const statements = new Database(source);
    const unitOfWork = new UnitOfWork(statements);
    const storedRows = new Map([
      [WORKSPACE_A, 0],
      [WORKSPACE_B, 0],
    ]);
    const visibleTo = async (workspaceId: string) =>
      (await statements.row<{ role: string; mine: number; foreign: number }>(SEEN, [workspaceId]))!;
    const work = (workspaceId: string, fails: boolean) =>
      unitOfWork.run(async () => {
        await statements.execute(ADD, [randomUUID(), workspaceId, randomUUID()]);
        const visibleRows = await visibleTo(workspaceId);
        if (fails) throw new Error('undone');
        return visibleRows;
      });
    try {
      const runs = Array.from({ length: 500 }, async (_unused, index) => {
        const scope = index % 11 === 0 ? SYSTEM_SCOPE : index % 2 === 0 ? WORKSPACE_A : WORKSPACE_B;
        return runInContext(systemContext(`run-${index}`, null, scope), async () => {
          if (scope === SYSTEM_SCOPE) return expect((await visibleTo(WORKSPACE_A)).role).not.toBe(APP_ROLE);
          const outcome = await work(scope, index % 7 === 0).catch((error: Error) => error.message);
          if (typeof outcome === 'string') return expect(outcome).toBe('undone');
          storedRows.set(scope, storedRows.get(scope)! + 1);
          expect(outcome).toMatchObject({ role: APP_ROLE, foreign: 0 });
          return expect((await visibleTo(scope)).foreign).toBe(0);
        });
      });
      await Promise.all(runs);
      for (const [scope, count] of storedRows)
        expect(await runInContext(systemContext('end', null, scope), () => visibleTo(scope))).toEqual({
          role: APP_ROLE,
          mine: count,
          foreign: 0,
        });
    } finally {
      await source.destroy();
    }
  });
});
