import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds canned responses and quick replies. */
export class MessagingPreparedTexts1763700020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.canned_responses (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        visibility text not null check (visibility in ('workspace', 'team', 'personal')),
        team_id uuid,
        owner_id uuid,
        shortcut text not null,
        content text not null,
        content_type text not null,
        attachment_ids uuid[] not null default '{}',
        usage_count int not null default 0,
        last_used_at timestamptz(3),
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        check ((visibility = 'team') = (team_id is not null)),
        check (visibility <> 'personal' or owner_id is not null)
      )`);
    await runner.query(`
      create unique index canned_responses_shortcut on messaging.canned_responses
        (workspace_id, visibility, (case visibility when 'team' then team_id when 'personal' then owner_id else workspace_id end), lower(shortcut))`);
    await runner.query(`
      create table messaging.quick_replies (
        id uuid primary key,
        workspace_id uuid not null,
        inbox_id uuid,
        title text not null,
        body text not null,
        position int not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index quick_replies_order on messaging.quick_replies (workspace_id, position, id)`);
    for (const table of ['canned_responses', 'quick_replies'])
      await runner.query(`call kernel.isolate('messaging.${table}')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.quick_replies`);
    await runner.query(`drop table messaging.canned_responses`);
  }
}
