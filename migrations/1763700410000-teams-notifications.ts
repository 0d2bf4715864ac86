import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds notifications of members and their notification settings. */
export class TeamsNotifications1763700410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.notification_preferences (
        workspace_id uuid not null,
        user_id uuid not null,
        kinds jsonb not null default '{}',
        email_digest text not null default 'immediate' check (email_digest in ('off', 'immediate', 'hourly', 'daily')),
        primary key (workspace_id, user_id),
        foreign key (workspace_id, user_id) references teams.memberships (workspace_id, user_id) on delete cascade
      )`);
    await runner.query(`
      create table teams.notifications (
        id uuid primary key,
        workspace_id uuid not null,
        user_id uuid not null,
        kind text not null,
        event_id uuid not null,
        conversation_id uuid,
        message_id uuid,
        actor jsonb not null,
        title text not null,
        body text not null,
        in_app boolean not null,
        mail_due boolean not null,
        read_at timestamptz(3),
        created_at timestamptz(3) not null,
        unique (user_id, kind, event_id),
        foreign key (workspace_id, user_id) references teams.memberships (workspace_id, user_id) on delete cascade
      )`);
    await runner.query(
      `create index notifications_order on teams.notifications (workspace_id, user_id, created_at, id) where in_app`,
    );
    await runner.query(
      `create index notifications_unread on teams.notifications (workspace_id, user_id, conversation_id) where read_at is null`,
    );
    await runner.query(
      `create index notifications_mail on teams.notifications (workspace_id, user_id, created_at) where mail_due`,
    );
    await runner.query(
      `create index notifications_message on teams.notifications (message_id) where message_id is not null`,
    );
    await runner.query(`create index notifications_age on teams.notifications (created_at)`);
    for (const table of ['notification_preferences', 'notifications'])
      await runner.query(`call kernel.isolate('teams.${table}')`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table teams.notifications`);
    await runner.query(`drop table teams.notification_preferences`);
  }
}
