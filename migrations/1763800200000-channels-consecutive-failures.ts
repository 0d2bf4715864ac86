import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames the failure counter of webhooks to the name that the API uses. */
export class ChannelsConsecutiveFailures1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table channels.webhooks rename column failures_in_a_row to consecutive_failures`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table channels.webhooks rename column consecutive_failures to failures_in_a_row`);
  }
}
