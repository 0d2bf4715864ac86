import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets all sessions of a user, in every workspace, be revoked by one time on the user. */
export class TeamsSessions1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table teams.users add column sessions_since timestamptz(3) not null default '1970-01-01T00:00:00Z'`,
    );
    await runner.query(`alter table teams.sessions add column proved_at timestamptz(3) not null default now()`);
    await runner.query(`update teams.sessions set proved_at = created_at`);
    await runner.query(`create index sessions_order on teams.sessions (workspace_id, user_id, created_at, id)`);
    await runner.query(`drop index teams.sessions_user`);
    await runner.query(`create index sessions_end on teams.sessions (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.sessions_end`);
    await runner.query(`create index sessions_user on teams.sessions (user_id, created_at)`);
    await runner.query(`drop index teams.sessions_order`);
    await runner.query(`alter table teams.sessions drop column proved_at`);
    await runner.query(`alter table teams.users drop column sessions_since`);
  }
}
