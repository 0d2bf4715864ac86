import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sorts teams and inboxes by the Unicode collation instead of bytes. */
export class TeamsNameOrder1763800911000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index teams_name_order on teams.teams (workspace_id, (name collate "und-x-icu"), id)`);
    await runner.query(
      `create index inboxes_name_order on teams.inboxes (workspace_id, (name collate "und-x-icu"), id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.inboxes_name_order`);
    await runner.query(`drop index teams.teams_name_order`);
  }
}
