import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the other event types that an event with several kinds of changes matches. Existing events match only their own
 * type.
 */
export class KernelEventNames1763701100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events add column also text[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events drop column also`);
  }
}
