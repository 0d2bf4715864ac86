import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets every refresh token that a session ever had be recognized: its tokens share a family, of which only the hash is
 * stored. The salt derives the current token from the previous one, so that a repeated request gets the same answer.
 */
export class TeamsRefreshTokenFamilies1763800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table teams.sessions
        add column family_hash text,
        add column refresh_salt text,
        add column rotated_at timestamptz(3)`);
    await runner.query(`create unique index sessions_family on teams.sessions (family_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table teams.sessions drop column family_hash, drop column refresh_salt, drop column rotated_at`);
  }
}
