import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds TOTP codes as a second factor. */
export class TeamsSecondFactors1763700120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.second_factors (
        user_id uuid primary key references teams.users (id) on delete cascade,
        sealed_secret text not null,
        enabled_at timestamptz(3),
        last_step bigint not null default 0,
        recovery_hashes text[] not null default '{}',
        created_at timestamptz(3) not null default now()
      )`);
    const member = `exists (select 1 from teams.memberships m where m.workspace_id = (select kernel.current_workspace()) and m.user_id = second_factors.user_id)`;
    await runner.query(`alter table teams.second_factors enable row level security`);
    await runner.query(`create policy workspace on teams.second_factors using (${member}) with check (${member})`);
    await runner.query(`call kernel.open_schema('teams')`);
    // These rows belong to no workspace. Without a policy, none is visible, independent of grants.
    await runner.query(`alter table teams.sign_in_tries enable row level security`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sign_in_tries disable row level security`);
    await runner.query(`drop table teams.second_factors`);
  }
}
