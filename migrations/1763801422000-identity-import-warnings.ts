import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the rows of imports that were imported without an invalid phone number. */
export class IdentityImportWarnings1763801422000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.imports add column incomplete integer not null default 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.imports drop column incomplete`);
  }
}
