import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes the audit entries that name their subject. */
export class AnalyticsLabelIndex1763800600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Looked up for every new entry. Without it, all runs of a rule are read to find its name.
    await runner.query(`
      create index audit_entries_label on analytics.audit_entries (workspace_id, subject_id, occurred_at, id)
        where label is not null and about_type = subject_type`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index analytics.audit_entries_label`);
  }
}
