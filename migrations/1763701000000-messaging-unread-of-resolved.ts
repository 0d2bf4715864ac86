import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing is to be read in what is resolved or closed. */
export class MessagingUnreadOfResolved1763701000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update messaging.conversations set unread_count = 0 where status in ('resolved', 'closed') and unread_count > 0`,
    );
  }

  async down(): Promise<void> {
    // What was counted before is not known any more.
  }
}
