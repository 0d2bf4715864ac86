import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the presence of members. Existing members become visible with their next request. */
export class TeamsPresence1763700420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table teams.memberships
        add column auto_offline boolean not null default true,
        add column present boolean not null default false,
        add column last_seen_at timestamptz(3) not null default now()`);
    await runner.query(`alter table teams.memberships alter column present set default true`);
    await runner.query(`create index memberships_present on teams.memberships (last_seen_at) where present`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.memberships_present`);
    await runner.query(
      `alter table teams.memberships drop column auto_offline, drop column present, drop column last_seen_at`,
    );
  }
}
