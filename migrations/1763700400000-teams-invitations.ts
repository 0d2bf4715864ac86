import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds pending invitations. */
export class TeamsInvitations1763700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.invitations (
        workspace_id uuid not null,
        user_id uuid not null,
        token_hash text unique,
        issue int not null default 1,
        team_ids uuid[] not null default '{}',
        inbox_ids uuid[] not null default '{}',
        inviter_id uuid,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        primary key (workspace_id, user_id),
        foreign key (workspace_id, user_id) references teams.memberships (workspace_id, user_id) on delete cascade
      )`);
    await runner.query(`call kernel.isolate('teams.invitations')`);
    // A workspace sees only its own members, but an invited user can exist in another workspace.
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
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function teams.person_of(uuid, text, text)`);
    await runner.query(`drop table teams.invitations`);
  }
}
