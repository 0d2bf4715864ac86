import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds failed sign-in attempts and password reset tokens. */
export class TeamsPasswords1763700110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.sign_in_tries (
        key text primary key,
        failures int not null,
        locked_until timestamptz(3),
        failed_at timestamptz(3) not null
      )`);
    await runner.query(`create index sign_in_tries_age on teams.sign_in_tries (failed_at)`);
    await runner.query(`
      create table teams.password_resets (
        token_hash text primary key,
        user_id uuid not null references teams.users (id) on delete cascade,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        used_at timestamptz(3)
      )`);
    await runner.query(`create index password_resets_user on teams.password_resets (user_id, created_at)`);
    await runner.query(`create index password_resets_end on teams.password_resets (expires_at)`);
    const member = `exists (select 1 from teams.memberships m where m.workspace_id = (select kernel.current_workspace()) and m.user_id = password_resets.user_id)`;
    await runner.query(`alter table teams.password_resets enable row level security`);
    await runner.query(`create policy workspace on teams.password_resets using (${member}) with check (${member})`);
    // A workspace sees only its own memberships and must not return secrets of other workspaces.
    await runner.query(`
      create function teams.belongs_elsewhere(person uuid, workspace uuid) returns boolean language sql stable security definer set search_path = pg_catalog as
      $$ select exists (select 1 from teams.memberships m where m.user_id = person and m.workspace_id <> workspace) $$`);
    await runner.query(`call kernel.open_schema('teams')`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          revoke all on teams.sign_in_tries from parley_app;
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function teams.belongs_elsewhere(uuid, uuid)`);
    await runner.query(`drop table teams.password_resets`);
    await runner.query(`drop table teams.sign_in_tries`);
  }
}
