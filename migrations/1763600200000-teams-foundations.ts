import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates workspaces, their members and credentials. */
export class TeamsFoundations1763600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema teams`);
    await runner.query(`
      create table teams.workspaces (
        id uuid primary key,
        serial bigint generated always as identity unique,
        name text not null,
        plan text not null check (plan in ('starter', 'professional', 'business', 'unlimited')),
        timezone text not null default 'UTC',
        locale text not null default 'en',
        settings jsonb not null default '{}',
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table teams.users (
        id uuid primary key,
        serial bigint generated always as identity unique,
        email text not null,
        name text not null,
        password_hash text,
        avatar_url text,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create unique index users_email on teams.users (lower(email))`);
    await runner.query(`
      create table teams.memberships (
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        user_id uuid not null references teams.users (id) on delete cascade,
        role text not null,
        status text not null default 'active' check (status in ('active', 'invited', 'inactive')),
        availability text not null default 'online' check (availability in ('online', 'busy', 'offline')),
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        primary key (workspace_id, user_id)
      )`);
    await runner.query(`create index memberships_user on teams.memberships (user_id)`);
    await this.teamsAndInboxes(runner);
    await this.credentials(runner);
    await runner.query(
      `create view teams.user_cards with (security_invoker = true) as select id, name, email, avatar_url from teams.users`,
    );
    await runner.query(
      `create view teams.team_cards with (security_invoker = true) as select id, workspace_id, name from teams.teams`,
    );
    await runner.query(
      `create view teams.inbox_cards with (security_invoker = true) as select id, workspace_id, name from teams.inboxes`,
    );
    await this.isolateUsers(runner);
    await runner.query(`call kernel.isolate('teams.workspaces', 'id')`);
    for (const table of ['memberships', 'teams', 'team_members', 'inboxes', 'api_keys', 'sessions'])
      await runner.query(`call kernel.isolate('teams.${table}')`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  /** Users do not belong to a single workspace. Each workspace sees its members. */
  private async isolateUsers(runner: QueryRunner): Promise<void> {
    const member = `exists (select 1 from teams.memberships m where m.workspace_id = (select kernel.current_workspace()) and m.user_id = users.id)`;
    await runner.query(`alter table teams.users enable row level security`);
    await runner.query(`create policy workspace on teams.users using (${member}) with check (${member})`);
  }

  private async teamsAndInboxes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.teams (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        name text not null,
        description text,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create unique index teams_name on teams.teams (workspace_id, lower(name))`);
    await runner.query(`create index teams_order on teams.teams (workspace_id, created_at, id)`);
    await runner.query(`
      create table teams.team_members (
        team_id uuid not null references teams.teams (id) on delete cascade,
        user_id uuid not null references teams.users (id) on delete cascade,
        workspace_id uuid not null,
        created_at timestamptz(3) not null default now(),
        primary key (team_id, user_id)
      )`);
    await runner.query(`create index team_members_user on teams.team_members (user_id)`);
    await runner.query(`
      create table teams.inboxes (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        team_id uuid references teams.teams (id) on delete set null,
        name text not null,
        channel text not null default 'api',
        settings jsonb not null default '{}',
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create index inboxes_order on teams.inboxes (workspace_id, created_at, id)`);
  }

  private async credentials(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.api_keys (
        id uuid primary key,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        user_id uuid references teams.users (id) on delete cascade,
        kind text not null check (kind in ('personal', 'service')),
        name text not null,
        hint text not null,
        key_hash text not null unique,
        scopes text[] not null,
        expires_at timestamptz(3),
        last_used_at timestamptz(3),
        last_used_address text,
        revoked_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        check ((kind = 'personal') = (user_id is not null))
      )`);
    await runner.query(`create index api_keys_order on teams.api_keys (workspace_id, created_at, id)`);
    await runner.query(`
      create table teams.sessions (
        id uuid primary key,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        user_id uuid not null references teams.users (id) on delete cascade,
        refresh_hash text not null unique,
        previous_refresh_hash text,
        user_agent text,
        address text,
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        revoked_at timestamptz(3)
      )`);
    await runner.query(`create index sessions_user on teams.sessions (user_id, created_at)`);
    await runner.query(`create index sessions_previous on teams.sessions (previous_refresh_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema teams cascade`);
  }
}
