import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames an index to the name of its column. */
export class MessagingStandardNames1763800550000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter index messaging.conversations_customer_word rename to conversations_last_customer_message_at`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter index messaging.conversations_last_customer_message_at rename to conversations_customer_word`,
    );
  }
}
