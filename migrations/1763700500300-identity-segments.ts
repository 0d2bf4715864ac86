import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds segments, which are sets of contacts defined by a filter, and their last known members. */
export class IdentitySegments1763700500300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.segments (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        description text,
        filter jsonb not null,
        moves_with_time boolean not null,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await runner.query(`create unique index segments_name on identity.segments (workspace_id, lower(name))`);
    await runner.query(`create index segments_order on identity.segments (workspace_id, created_at, id)`);
    await runner.query(`create index segments_moving on identity.segments (id) where moves_with_time`);
    await runner.query(`
      create table identity.segment_members (
        segment_id uuid not null references identity.segments (id) on delete cascade,
        contact_id uuid not null references identity.contacts (id) on delete cascade,
        workspace_id uuid not null,
        entered_at timestamptz(3) not null,
        primary key (segment_id, contact_id)
      )`);
    await runner.query(`create index segment_members_contact on identity.segment_members (contact_id)`);
    for (const table of ['segments', 'segment_members']) await runner.query(`call kernel.isolate('identity.${table}')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.segment_members`);
    await runner.query(`drop table identity.segments`);
  }
}
