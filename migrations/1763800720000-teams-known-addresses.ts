import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the network addresses from which users signed in with their password. */
export class TeamsKnownAddresses1763800720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.known_addresses (
        user_id uuid not null references teams.users (id) on delete cascade,
        address text not null,
        signed_in_at timestamptz(3) not null default now(),
        primary key (user_id, address)
      )`);
    await runner.query(`create index known_addresses_age on teams.known_addresses (signed_in_at)`);
    const member = `exists (select 1 from teams.memberships m where m.workspace_id = (select kernel.current_workspace()) and m.user_id = known_addresses.user_id)`;
    await runner.query(`alter table teams.known_addresses enable row level security`);
    await runner.query(`create policy workspace on teams.known_addresses using (${member}) with check (${member})`);
    await runner.query(`
      do $$ begin
        if exists (select 1 from pg_roles where rolname = 'parley_app') then
          grant select, insert, update, delete on teams.known_addresses to parley_app;
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table teams.known_addresses`);
  }
}
