import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds partial indexes for short lists: blocked contacts and anonymous contacts. */
export class IdentityPartialLists1763700201100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index contacts_blocked on identity.contacts (workspace_id, created_at, id) where blocked and deleted_at is null`,
    );
    await runner.query(
      `create index contacts_anonymous on identity.contacts (workspace_id, created_at, id) where identifier is null and email is null and phone is null and deleted_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index identity.contacts_blocked, identity.contacts_anonymous`);
  }
}
