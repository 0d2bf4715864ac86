import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds an index for the messages with a file. */
export class MessagingFilesOfMessages1763701010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index messages_attachments on messaging.messages using gin (workspace_id, attachments jsonb_path_ops) where attachments <> '[]'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.messages_attachments`);
  }
}
