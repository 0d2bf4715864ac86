import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the time up to which each user has read a conversation. */
export class MessagingReadStates1763700320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.read_states (
        workspace_id uuid not null,
        conversation_id uuid not null references messaging.conversations (id) on delete cascade,
        user_id uuid not null,
        read_at timestamptz(3) not null,
        primary key (conversation_id, user_id)
      )`);
    await runner.query(
      `create index conversations_customer_word on messaging.conversations (workspace_id, assignee_id, last_customer_message_at) where status in ('open', 'pending')`,
    );
    await runner.query(`call kernel.isolate('messaging.read_states')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.conversations_customer_word`);
    await runner.query(`drop table messaging.read_states`);
  }
}
