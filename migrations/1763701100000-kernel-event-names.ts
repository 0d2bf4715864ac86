import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An event that tells of several kinds of changes is found by the name of each. Those that are there already answer to their type alone. */
export class KernelEventNames1763701100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events add column also text[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events drop column also`);
  }
}
