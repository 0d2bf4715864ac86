import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates tags, and automations with their runs. */
export class WorkflowFoundations1763600500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema workflow`);
    await runner.query(`
      create table workflow.tags (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        name text not null,
        color text not null,
        description text,
        conversation_count int not null default 0,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create unique index tags_name on workflow.tags (workspace_id, name)`);
    await runner.query(`
      create table workflow.automations (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        name text not null,
        description text,
        enabled boolean not null,
        place int not null,
        events text[] not null,
        filter json not null,
        actions json not null,
        run_policy text not null check (run_policy in ('always', 'once', 'once_per_status', 'cooldown')),
        cooldown_seconds int,
        stop_after_match boolean not null,
        stop_on_error boolean not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        check ((run_policy = 'cooldown') = (cooldown_seconds is not null))
      )`);
    await runner.query(`create index automations_order on workflow.automations (workspace_id, place, id)`);
    await runner.query(`
      create table workflow.automation_runs (
        id uuid primary key,
        workspace_id uuid not null,
        automation_id uuid not null references workflow.automations (id) on delete cascade,
        automation_version int not null,
        conversation_id uuid not null,
        event_id uuid not null,
        event_type text not null,
        root_change_set text not null,
        outcome text not null check (outcome in ('succeeded', 'partly_failed', 'failed', 'loop_stopped')),
        conditions jsonb not null,
        actions json not null,
        duration_ms real not null,
        depth smallint not null,
        created_at timestamptz(3) not null,
        unique (automation_id, conversation_id, root_change_set)
      )`);
    await runner.query(
      `create index automation_runs_order on workflow.automation_runs (workspace_id, automation_id, created_at, id)`,
    );
    await runner.query(
      `create index automation_runs_policy on workflow.automation_runs (automation_id, conversation_id, created_at)`,
    );
    await runner.query(`create index automation_runs_age on workflow.automation_runs (created_at)`);
    for (const table of ['tags', 'automations', 'automation_runs'])
      await runner.query(`call kernel.isolate('workflow.${table}')`);
    await runner.query(`call kernel.open_schema('workflow')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema workflow cascade`);
  }
}
