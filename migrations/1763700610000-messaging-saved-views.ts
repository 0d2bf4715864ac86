import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds saved views, which are named filters. */
export class MessagingSavedViews1763700610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.saved_views (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        resource text not null check (resource in ('conversation')),
        name text not null,
        description text,
        visibility text not null check (visibility in ('workspace', 'team', 'personal')),
        team_id uuid,
        owner_id uuid,
        filter jsonb not null,
        order_by text not null,
        order_dir text not null check (order_dir in ('asc', 'desc')),
        columns text[] not null default '{}',
        position int not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        check ((visibility = 'team') = (team_id is not null)),
        check (visibility <> 'personal' or owner_id is not null)
      )`);
    await runner.query(`create index saved_views_order on messaging.saved_views (workspace_id, position, id)`);
    await runner.query(`call kernel.isolate('messaging.saved_views')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.saved_views`);
  }
}
