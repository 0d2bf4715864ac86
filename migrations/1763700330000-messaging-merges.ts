import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds merges of conversations, stored so that they can be undone. */
export class MessagingMerges1763700330000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.merges (
        id uuid primary key,
        workspace_id uuid not null,
        source_id uuid not null references messaging.conversations (id) on delete cascade,
        target_id uuid not null references messaging.conversations (id) on delete cascade,
        message_ids uuid[] not null,
        participant_ids uuid[] not null,
        receipt jsonb not null,
        merged_at timestamptz(3) not null,
        undone_at timestamptz(3)
      )`);
    await runner.query(`create unique index merges_source on messaging.merges (source_id) where undone_at is null`);
    await runner.query(`create index merges_target on messaging.merges (target_id) where undone_at is null`);
    await runner.query(`call kernel.isolate('messaging.merges')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.merges`);
  }
}
