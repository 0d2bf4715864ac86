import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds sandboxes: workspaces for test keys, with copies of the users. Existing keys stay live keys, with either
 * prefix.
 */
export class TeamsSandboxes1763801310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.workspaces add column sandbox_of uuid references teams.workspaces (id)`);
    await runner.query(`create unique index workspaces_sandbox on teams.workspaces (sandbox_of)`);
    await runner.query(`alter table teams.users add column copied_from uuid references teams.users (id)`);
    await runner.query(
      `create unique index users_copy on teams.users (copied_from, home_workspace_id) where copied_from is not null`,
    );
    await runner.query(
      `alter table teams.api_keys add column mode text not null default 'live' check (mode in ('live', 'test'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.api_keys drop column mode`);
    await runner.query(`alter table teams.users drop column copied_from`);
    await runner.query(`alter table teams.workspaces drop column sandbox_of`);
  }
}
