import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the sign-in method of sessions. A password is the same in all workspaces of a user, but an identity provider
 * counts only in its own. The method therefore determines which workspaces a session can see.
 */
export class TeamsSessionProofs1763700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sessions add column by_password boolean not null default false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sessions drop column by_password`);
  }
}
