import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sets the unread counts of resolved and closed conversations to 0. */
export class MessagingUnreadOfResolved1763701000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update messaging.conversations set unread_count = 0 where status in ('resolved', 'closed') and unread_count > 0`,
    );
  }

  async down(): Promise<void> {
    // The previous counts cannot be restored.
  }
}
