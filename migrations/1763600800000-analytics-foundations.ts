import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the audit log. */
export class AnalyticsFoundations1763600800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema analytics`);
    await runner.query(`
      create table analytics.audit_entries (
        id uuid primary key,
        workspace_id uuid not null,
        position bigint not null,
        action text not null,
        actor_kind text not null,
        actor_id uuid,
        actor_label text,
        subject_type text not null,
        subject_id uuid not null,
        about_type text not null,
        label text,
        target_id uuid,
        target_label text,
        changed jsonb not null,
        correlation_id text not null,
        causation_id uuid,
        address text,
        occurred_at timestamptz(3) not null
      )`);
    await runner.query(`create index audit_entries_order on analytics.audit_entries (workspace_id, occurred_at, id)`);
    for (const key of ['subject_id', 'actor_id', 'actor_kind', 'action', 'subject_type']) {
      await runner.query(
        `create index audit_entries_${key} on analytics.audit_entries (workspace_id, ${key}, occurred_at, id)`,
      );
    }
    await runner.query(
      `create index audit_entries_correlation on analytics.audit_entries (workspace_id, correlation_id)`,
    );
    await runner.query(`call kernel.isolate('analytics.audit_entries')`);
    await runner.query(`call kernel.open_schema('analytics')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema analytics cascade`);
  }
}
