import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the members of inboxes. */
export class TeamsInboxes1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.inbox_members (
        inbox_id uuid not null references teams.inboxes (id) on delete cascade,
        user_id uuid not null references teams.users (id) on delete cascade,
        workspace_id uuid not null,
        created_at timestamptz(3) not null default now(),
        primary key (inbox_id, user_id)
      )`);
    await runner.query(`create index inbox_members_user on teams.inbox_members (user_id)`);
    await runner.query(`create unique index inboxes_name on teams.inboxes (workspace_id, lower(name))`);
    await runner.query(`create index inboxes_team on teams.inboxes (team_id)`);
    await runner.query(`call kernel.isolate('teams.inbox_members')`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.inboxes_team`);
    await runner.query(`drop index teams.inboxes_name`);
    await runner.query(`drop table teams.inbox_members`);
  }
}
