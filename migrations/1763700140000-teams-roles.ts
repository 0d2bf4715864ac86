import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds custom roles. A membership has either the name of a built-in role or the ID of a role of its workspace. */
export class TeamsRoles1763700140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.roles (
        id uuid primary key,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        name text not null,
        description text,
        scopes text[] not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        unique (workspace_id, id)
      )`);
    await runner.query(`create unique index roles_name on teams.roles (workspace_id, lower(name))`);
    await runner.query(`
      alter table teams.memberships
        add column role_id uuid generated always as (case when role in ('owner', 'admin', 'agent') then null else role::uuid end) stored,
        add constraint memberships_role foreign key (workspace_id, role_id) references teams.roles (workspace_id, id)`);
    await runner.query(`create index memberships_role on teams.memberships (workspace_id, role)`);
    await runner.query(`call kernel.isolate('teams.roles')`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index teams.memberships_role`);
    await runner.query(`alter table teams.memberships drop constraint memberships_role, drop column role_id`);
    await runner.query(`drop table teams.roles`);
  }
}
