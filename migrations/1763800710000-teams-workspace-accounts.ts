import type { MigrationInterface, QueryRunner } from 'typeorm';

const HAS_OTHER_WORKSPACES = `
  create or replace function teams.has_other_workspaces(user_id uuid, workspace_id uuid) returns boolean language sql stable security definer set search_path = pg_catalog as`;

/**
 * Adds accounts that belong to one workspace. An invitation or an identity provider creates such an account, because
 * neither proves that its address belongs to the user; several of them can have the same address. Also records which
 * links were mailed, and which keys were created with a password.
 */
export class TeamsWorkspaceAccounts1763800710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table teams.users add column home_workspace_id uuid references teams.workspaces (id) on delete cascade`,
    );
    await this.moveUnprovenAccounts(runner);
    await runner.query(`drop index teams.users_email`);
    await runner.query(`create unique index users_email on teams.users (lower(email)) where home_workspace_id is null`);
    await runner.query(
      `create unique index users_workspace_email on teams.users (lower(email), home_workspace_id) where home_workspace_id is not null`,
    );
    for (const table of ['invitations', 'password_resets', 'email_changes'])
      await runner.query(`alter table teams.${table} add column mailed boolean not null default false`);
    await runner.query(`alter table teams.api_keys add column by_password boolean not null default false`);
    await runner.query(`update teams.api_keys set by_password = true where kind = 'personal'`);
    await runner.query(`${HAS_OTHER_WORKSPACES}
      $$ select exists (select 1 from teams.memberships m where m.user_id = $1 and m.workspace_id <> $2 and m.status <> 'invited') $$`);
    await runner.query(`
      create function teams.find_or_create_user(new_id uuid, new_email text, new_name text, workspace_id uuid) returns uuid language plpgsql volatile security definer set search_path = pg_catalog as $$
      declare user_id uuid;
      begin
        loop
          select u.id into user_id from teams.users u
          where lower(u.email) = lower(new_email) and (u.home_workspace_id is null or u.home_workspace_id = $4)
          order by u.home_workspace_id nulls last limit 1 for key share;
          if user_id is not null then return user_id; end if;
          insert into teams.users (id, email, name, home_workspace_id) values (new_id, new_email, new_name, $4)
          on conflict do nothing returning id into user_id;
          if user_id is not null then return user_id; end if;
        end loop;
      end $$`);
    await runner.query(`drop function teams.find_or_create_user(uuid, text, text)`);
  }

  /**
   * Users without a password were created by an invitation or a provider. They become accounts of their workspace.
   * Invitations of such a user to further workspaces are deleted, because each would need an account of its own.
   */
  private async moveUnprovenAccounts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from teams.memberships m using teams.users u
      where u.id = m.user_id and u.password_hash is null and m.status = 'invited' and exists (
        select 1 from teams.memberships o where o.user_id = m.user_id and o.workspace_id <> m.workspace_id
          and (o.status <> 'invited' or (o.created_at, o.workspace_id) < (m.created_at, m.workspace_id)))`);
    await runner.query(`
      update teams.users u set home_workspace_id = m.workspace_id from teams.memberships m
      where m.user_id = u.id and u.password_hash is null
        and not exists (select 1 from teams.memberships o where o.user_id = u.id and o.workspace_id <> m.workspace_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function teams.find_or_create_user(new_id uuid, new_email text, new_name text) returns uuid language plpgsql volatile security definer set search_path = pg_catalog as $$
      declare user_id uuid;
      begin
        loop
          select u.id into user_id from teams.users u where lower(u.email) = lower(new_email) for key share;
          if user_id is not null then return user_id; end if;
          insert into teams.users (id, email, name) values (new_id, new_email, new_name) on conflict do nothing returning id into user_id;
          if user_id is not null then return user_id; end if;
        end loop;
      end $$`);
    await runner.query(`drop function teams.find_or_create_user(uuid, text, text, uuid)`);
    await runner.query(`${HAS_OTHER_WORKSPACES}
      $$ select exists (select 1 from teams.memberships m where m.user_id = $1 and m.workspace_id <> $2) $$`);
    await runner.query(`alter table teams.api_keys drop column by_password`);
    for (const table of ['email_changes', 'password_resets', 'invitations'])
      await runner.query(`alter table teams.${table} drop column mailed`);
    await runner.query(`drop index teams.users_workspace_email`);
    await runner.query(`drop index teams.users_email`);
    await runner.query(`create unique index users_email on teams.users (lower(email))`);
    await runner.query(`alter table teams.users drop column home_workspace_id`);
  }
}
