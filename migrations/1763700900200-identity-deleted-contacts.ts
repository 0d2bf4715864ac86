import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds an index for the list of deleted contacts that can be restored. */
export class IdentityDeletedContacts1763700900200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index contacts_deleted on identity.contacts (workspace_id, created_at, id) where deleted_at is not null and merged_into is null and erased_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.contacts_deleted`);
  }
}
