import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames the column of the other event types that an event matches. */
export class KernelEventAliases1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events rename column also to aliases`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table kernel.events rename column aliases to also`);
  }
}
