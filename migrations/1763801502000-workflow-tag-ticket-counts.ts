import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the tickets of tags. */
export class WorkflowTagTicketCounts1763801502000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workflow.tags add column ticket_count int not null default 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workflow.tags drop column ticket_count`);
  }
}
