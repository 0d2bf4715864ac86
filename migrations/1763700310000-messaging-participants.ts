import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds participants of conversations and mentions in notes. */
export class MessagingParticipants1763700310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.participants (
        workspace_id uuid not null,
        conversation_id uuid not null references messaging.conversations (id) on delete cascade,
        user_id uuid not null,
        created_at timestamptz(3) not null,
        primary key (conversation_id, user_id)
      )`);
    await runner.query(
      `create index participants_user on messaging.participants (workspace_id, user_id, conversation_id)`,
    );
    await runner.query(`alter table messaging.messages add column mentions uuid[] not null default '{}'`);
    await runner.query(
      `create index messages_mentions on messaging.messages using gin (workspace_id, mentions) where mentions <> '{}'`,
    );
    await runner.query(`call kernel.isolate('messaging.participants')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messaging.messages drop column mentions`);
    await runner.query(`drop table messaging.participants`);
  }
}
