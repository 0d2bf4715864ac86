import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sorts tags by the Unicode collation instead of bytes. */
export class WorkflowNameOrder1763800913000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index tags_name_order on workflow.tags (workspace_id, (name collate "und-x-icu"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index workflow.tags_name_order`);
  }
}
