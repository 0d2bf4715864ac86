import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds search of recent messages first, so that a common word does not require a scan of all messages. */
export class MessagingSearch1763700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.messages_search, messaging.conversations_subject`);
    await runner.query(
      `create index messages_search on messaging.messages using gin (workspace_id, (array[(serial >> 17)::int]), search)`,
    );
    await runner.query(`
      create index conversations_subject on messaging.conversations
      using gin (workspace_id, (array[(number >> 15)::int]), to_tsvector('simple', coalesce(subject, '')))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.messages_search, messaging.conversations_subject`);
    await runner.query(`create index messages_search on messaging.messages using gin (workspace_id, search)`);
    await runner.query(
      `create index conversations_subject on messaging.conversations using gin (workspace_id, to_tsvector('simple', coalesce(subject, '')))`,
    );
  }
}
