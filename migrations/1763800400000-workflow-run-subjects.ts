import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Automation runs refer to a subject of any type instead of a conversation. */
export class WorkflowRunSubjects1763800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workflow.automation_runs rename column conversation_id to subject_id`);
    await runner.query(
      `alter table workflow.automation_runs add column subject_type text not null default 'conversation'`,
    );
    await runner.query(`alter table workflow.automation_runs alter column subject_type drop default`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from workflow.automation_runs where subject_type <> 'conversation'`);
    await runner.query(`alter table workflow.automation_runs drop column subject_type`);
    await runner.query(`alter table workflow.automation_runs rename column subject_id to conversation_id`);
  }
}
