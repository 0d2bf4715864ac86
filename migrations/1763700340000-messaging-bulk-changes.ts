import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds bulk updates of conversations, which a job processes. */
export class MessagingBulkChanges1763700340000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.bulk_changes (
        id uuid primary key,
        workspace_id uuid not null,
        status text not null check (status in ('running', 'completed')),
        actor jsonb not null,
        edit jsonb not null,
        conversation_ids uuid[] not null,
        total int not null,
        succeeded int not null default 0,
        failed int not null default 0,
        results jsonb not null default '[]',
        created_at timestamptz(3) not null,
        completed_at timestamptz(3)
      )`);
    await runner.query(`create index bulk_changes_age on messaging.bulk_changes (created_at)`);
    await runner.query(`call kernel.isolate('messaging.bulk_changes')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.bulk_changes`);
  }
}
