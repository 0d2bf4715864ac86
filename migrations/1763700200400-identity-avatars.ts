import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds uploaded avatars of contacts. */
export class IdentityAvatars1763700200400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.contacts add column avatar jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.contacts drop column avatar`);
  }
}
