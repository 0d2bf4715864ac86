import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates webhooks and their deliveries. */
export class ChannelsFoundations1763600600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema channels`);
    await runner.query(`
      create table channels.webhooks (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        url text not null,
        events text[] not null,
        filter jsonb,
        description text,
        ordering text not null default 'conversation' check (ordering in ('conversation', 'none')),
        secrets jsonb not null,
        enabled boolean not null default true,
        listening_since timestamptz(3) not null,
        disabled_reason text check (disabled_reason in ('gone', 'failing')),
        disabled_at timestamptz(3),
        failures_in_a_row int not null default 0,
        failing_since timestamptz(3),
        paused_until timestamptz(3),
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index webhooks_order on channels.webhooks (workspace_id, created_at, id)`);
    await runner.query(`create index webhooks_enabled on channels.webhooks (workspace_id) where enabled`);
    await this.deliveries(runner);
    for (const table of ['webhooks', 'webhook_deliveries', 'webhook_attempts'])
      await runner.query(`call kernel.isolate('channels.${table}')`);
    await runner.query(`call kernel.open_schema('channels')`);
  }

  private async deliveries(runner: QueryRunner): Promise<void> {
    // A delivery that waits for an earlier one of its lane has no next_attempt_at.
    await runner.query(`
      create table channels.webhook_deliveries (
        id uuid primary key,
        workspace_id uuid not null,
        webhook_id uuid not null references channels.webhooks (id) on delete cascade,
        event_id uuid not null,
        event_position bigint not null,
        event_type text not null,
        lane uuid,
        status text not null check (status in ('pending', 'succeeded', 'failed')),
        body text,
        round_attempts int not null default 0,
        attempt_count int not null default 0,
        next_attempt_at timestamptz(3),
        leased_until timestamptz(3),
        created_at timestamptz(3) not null,
        completed_at timestamptz(3),
        unique (webhook_id, event_id)
      )`);
    await runner.query(
      `create index webhook_deliveries_due on channels.webhook_deliveries (webhook_id, next_attempt_at, event_position) where status = 'pending'`,
    );
    await runner.query(
      `create index webhook_deliveries_lane on channels.webhook_deliveries (webhook_id, lane, event_position) where status = 'pending' and lane is not null`,
    );
    await runner.query(
      `create index webhook_deliveries_leased on channels.webhook_deliveries (webhook_id, leased_until) where leased_until is not null`,
    );
    await runner.query(
      `create index webhook_deliveries_order on channels.webhook_deliveries (webhook_id, created_at, id)`,
    );
    await runner.query(
      `create index webhook_deliveries_status on channels.webhook_deliveries (webhook_id, status, created_at, id)`,
    );
    await runner.query(`create index webhook_deliveries_age on channels.webhook_deliveries (created_at)`);
    await runner.query(`
      create table channels.webhook_attempts (
        id uuid primary key,
        workspace_id uuid not null,
        delivery_id uuid not null references channels.webhook_deliveries (id) on delete cascade,
        number int not null,
        url text not null,
        request_headers jsonb not null,
        response_status int,
        response_headers jsonb not null default '{}',
        response_body text,
        latency_ms int not null,
        error text,
        started_at timestamptz(3) not null,
        unique (delivery_id, number)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema channels cascade`);
  }
}
