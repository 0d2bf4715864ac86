import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the scheduled messages that a file is attached to. */
export class MessagingScheduledAttachments1763801321000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index scheduled_messages_attachments on messaging.scheduled_messages using gin (attachment_ids)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.scheduled_messages_attachments`);
  }
}
