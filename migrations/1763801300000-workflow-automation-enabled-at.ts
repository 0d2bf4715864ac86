import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the time at which a rule was last enabled. Existing rules have been enabled since they were created. */
export class WorkflowAutomationEnabledAt1763801300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workflow.automations add column enabled_at timestamptz(3)`);
    await runner.query(`update workflow.automations set enabled_at = created_at`);
    await runner.query(`alter table workflow.automations alter column enabled_at set not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table workflow.automations drop column enabled_at`);
  }
}
