import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames identifiers of sign-in and of users to the terms of the code. */
export class TeamsStandardNames1763800530000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table teams.sign_in_tries rename to sign_in_attempts`);
    await runner.query(`alter index teams.sign_in_tries_pkey rename to sign_in_attempts_pkey`);
    await runner.query(`alter index teams.sign_in_tries_age rename to sign_in_attempts_age`);
    await runner.query(`alter table teams.sessions rename column proved_at to authenticated_at`);
    await runner.query(`alter table teams.users rename column sessions_since to sessions_valid_from`);
    await runner.query(`
      create function teams.has_other_workspaces(user_id uuid, workspace_id uuid) returns boolean language sql stable security definer set search_path = pg_catalog as
      $$ select exists (select 1 from teams.memberships m where m.user_id = $1 and m.workspace_id <> $2) $$`);
    await runner.query(`drop function teams.belongs_elsewhere(uuid, uuid)`);
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
    await runner.query(`drop function teams.person_of(uuid, text, text)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function teams.person_of(fresh uuid, address text, called text) returns uuid language plpgsql volatile security definer set search_path = pg_catalog as $$
      declare known uuid;
      begin
        loop
          select u.id into known from teams.users u where lower(u.email) = lower(address) for key share;
          if known is not null then return known; end if;
          insert into teams.users (id, email, name) values (fresh, address, called) on conflict do nothing returning id into known;
          if known is not null then return known; end if;
        end loop;
      end $$`);
    await runner.query(`drop function teams.find_or_create_user(uuid, text, text)`);
    await runner.query(`
      create function teams.belongs_elsewhere(person uuid, workspace uuid) returns boolean language sql stable security definer set search_path = pg_catalog as
      $$ select exists (select 1 from teams.memberships m where m.user_id = person and m.workspace_id <> workspace) $$`);
    await runner.query(`drop function teams.has_other_workspaces(uuid, uuid)`);
    await runner.query(`alter table teams.users rename column sessions_valid_from to sessions_since`);
    await runner.query(`alter table teams.sessions rename column authenticated_at to proved_at`);
    await runner.query(`alter index teams.sign_in_attempts_age rename to sign_in_tries_age`);
    await runner.query(`alter index teams.sign_in_attempts_pkey rename to sign_in_tries_pkey`);
    await runner.query(`alter table teams.sign_in_attempts rename to sign_in_tries`);
  }
}
