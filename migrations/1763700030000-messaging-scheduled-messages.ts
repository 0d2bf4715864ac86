import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds scheduled messages. */
export class MessagingScheduledMessages1763700030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.scheduled_messages (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        conversation_id uuid not null references messaging.conversations (id) on delete cascade,
        author jsonb not null,
        type text not null check (type in ('reply', 'note')),
        body text not null,
        content_type text not null,
        attachment_ids uuid[] not null default '{}',
        send_at timestamptz(3),
        status text not null check (status in ('draft', 'pending', 'sent', 'failed')),
        error text,
        message_id uuid,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        check (status <> 'pending' or send_at is not null)
      )`);
    await runner.query(
      `create index scheduled_messages_order on messaging.scheduled_messages (workspace_id, created_at, id)`,
    );
    await runner.query(
      `create index scheduled_messages_conversation on messaging.scheduled_messages (conversation_id, created_at, id)`,
    );
    await runner.query(`call kernel.isolate('messaging.scheduled_messages')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.scheduled_messages`);
  }
}
