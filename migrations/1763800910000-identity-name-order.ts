import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sorts contacts and companies by the Unicode collation instead of bytes. */
export class IdentityNameOrder1763800910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.contacts_name`);
    await runner.query(
      `create index contacts_name on identity.contacts (workspace_id, (coalesce(name, '') collate "und-x-icu"), id) where deleted_at is null`,
    );
    await runner.query(`drop index identity.companies_name`);
    await runner.query(
      `create index companies_name on identity.companies (workspace_id, (name collate "und-x-icu"), id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.companies_name`);
    await runner.query(`create index companies_name on identity.companies (workspace_id, lower(name), id)`);
    await runner.query(`drop index identity.contacts_name`);
    await runner.query(
      `create index contacts_name on identity.contacts (workspace_id, lower(coalesce(name, '')), id) where deleted_at is null`,
    );
  }
}
