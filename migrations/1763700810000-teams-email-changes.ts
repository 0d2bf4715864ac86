import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds pending changes of sign-in e-mail addresses, until the user has confirmed the new address. */
export class TeamsEmailChanges1763700810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.email_changes (
        id uuid primary key,
        user_id uuid not null references teams.users (id) on delete cascade,
        email text not null,
        token_hash text unique,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        used_at timestamptz(3)
      )`);
    await runner.query(`create index email_changes_user on teams.email_changes (user_id, created_at)`);
    await runner.query(`create index email_changes_end on teams.email_changes (expires_at)`);
    const member = `exists (select 1 from teams.memberships m where m.workspace_id = (select kernel.current_workspace()) and m.user_id = email_changes.user_id)`;
    await runner.query(`alter table teams.email_changes enable row level security`);
    await runner.query(`create policy workspace on teams.email_changes using (${member}) with check (${member})`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table teams.email_changes`);
  }
}
