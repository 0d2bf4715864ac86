import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A password is the same in all workspaces of a person, what a provider says holds in its own alone: which of the two a session began with decides what it is told. */
export class TeamsSessionProofs1763700800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sessions add column by_password boolean not null default false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sessions drop column by_password`);
  }
}
