import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds a view of team memberships for joins of other domains. */
export class TeamsMemberCards1763700010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create view teams.team_member_cards with (security_invoker = true) as select workspace_id, team_id, user_id from teams.team_members`,
    );
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view teams.team_member_cards`);
  }
}
