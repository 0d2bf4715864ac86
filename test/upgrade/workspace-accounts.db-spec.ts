import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrate } from '@parley/kernel/database';
import { createTestDatabase, type TestDatabase } from '@parley/kernel/testing';

const [FIRST, SECOND] = ['01920000-0000-7000-8000-000000000001', '01920000-0000-7000-8000-000000000002'] as const;

const MIGRATION = new URL('../../migrations/1763800710000-teams-workspace-accounts.ts', import.meta.url);

/** Reverts the migration. */
async function revert(runner: QueryRunner): Promise<void> {
  const exported = (await import(MIGRATION.href)) as Record<string, new () => MigrationInterface>;
  for (const Migration of Object.values(exported)) {
    await new Migration().down(runner);
    await runner.query(`delete from parley_migrations where name = $1`, [Migration.name]);
  }
}

describe('upgrade to accounts of workspaces', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    runner = dataSource.createQueryRunner();
    await revert(runner);
    for (const id of [FIRST, SECOND])
      await runner.query(`insert into teams.workspaces (id, name, plan) values ($1, 'Acme', 'starter')`, [id]);
  });

  afterEach(async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  /** Adds a user with memberships of these workspaces, a day apart. */
  async function addUser(email: string, password: string | null, statuses: readonly [string, string][]): Promise<void> {
    const [user]: { id: string }[] = await runner.query(
      `insert into teams.users (id, email, name, password_hash) values (gen_random_uuid(), $1, 'Ben', $2) returning id`,
      [email, password],
    );
    for (const [day, [workspaceId, status]] of statuses.entries())
      await runner.query(
        `insert into teams.memberships (workspace_id, user_id, role, status, created_at)
         values ($1, $2, 'agent', $3, '2026-01-01'::timestamptz + $4 * interval '1 day')`,
        [workspaceId, user!.id, status, day],
      );
  }

  it('should move users without a password to their workspace', async () => {
    await addUser('owner', 'hash', [[FIRST, 'active']]);
    await addUser('invited', null, [[FIRST, 'invited']]);
    await addUser('provider', null, [[SECOND, 'active']]);
    await addUser('invited twice', null, [
      [SECOND, 'invited'],
      [FIRST, 'invited'],
    ]);
    await addUser('provider and invited', null, [
      [FIRST, 'invited'],
      [SECOND, 'active'],
    ]);
    await addUser('two providers', null, [
      [FIRST, 'active'],
      [SECOND, 'active'],
    ]);
    await migrate(database.url);
    const users: { email: string; home: string | null; workspaces: string[] }[] = await runner.query(`
      select u.email, u.home_workspace_id as home, array_agg(m.workspace_id order by m.workspace_id) as workspaces
      from teams.users u join teams.memberships m on m.user_id = u.id group by u.id order by u.email`);
    const text = (ids: string[]): string => ids.map((id) => (id === FIRST ? 'first' : 'second')).join(', ');
    expect(
      users.map(({ email, home, workspaces }) => [email, home && text([home]), text(workspaces)].join(': ')),
    ).toEqual([
      'invited: first: first',
      'invited twice: second: second',
      'owner: : first',
      'provider: second: second',
      'provider and invited: second: second',
      'two providers: : first, second',
    ]);
  });
});
