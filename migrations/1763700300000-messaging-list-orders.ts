import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds indexes for lists of conversations by priority and by waiting time. */
export class MessagingListOrders1763700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index conversations_priority on messaging.conversations
        (workspace_id, (array_position(array['none', 'low', 'normal', 'high', 'urgent'], priority)), last_activity_at, id)`);
    await runner.query(
      `create index conversations_waiting_since on messaging.conversations (workspace_id, waiting_since, id) where waiting_since is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.conversations_waiting_since`);
    await runner.query(`drop index messaging.conversations_priority`);
  }
}
