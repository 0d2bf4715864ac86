import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds OIDC providers of workspaces, sign-ins in progress, and the users of their subjects. */
export class TeamsOidc1763700150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table teams.oidc_providers (
        id uuid primary key,
        workspace_id uuid not null references teams.workspaces (id) on delete cascade,
        name text not null,
        issuer text not null,
        client_id text not null,
        sealed_client_secret text,
        allowed_domains text[] not null,
        auto_provision boolean not null,
        default_role text not null,
        default_role_id uuid generated always as (case when default_role in ('owner', 'admin', 'agent') then null else default_role::uuid end) stored,
        enabled boolean not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        constraint oidc_providers_role foreign key (workspace_id, default_role_id) references teams.roles (workspace_id, id)
      )`);
    await runner.query(`create index oidc_providers_order on teams.oidc_providers (workspace_id, created_at, id)`);
    await runner.query(`
      create table teams.oidc_sign_ins (
        state_hash text primary key,
        workspace_id uuid not null,
        provider_id uuid not null references teams.oidc_providers (id) on delete cascade,
        browser_hash text not null,
        nonce text not null,
        code_verifier text not null,
        return_to text,
        expires_at timestamptz(3) not null
      )`);
    await runner.query(`create index oidc_sign_ins_end on teams.oidc_sign_ins (expires_at)`);
    await runner.query(`create index oidc_sign_ins_provider on teams.oidc_sign_ins (provider_id)`);
    await runner.query(`
      create table teams.user_identities (
        provider_id uuid not null references teams.oidc_providers (id) on delete cascade,
        subject text not null,
        workspace_id uuid not null,
        user_id uuid not null references teams.users (id) on delete cascade,
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3) not null default now(),
        primary key (provider_id, subject)
      )`);
    await runner.query(`create index user_identities_user on teams.user_identities (user_id)`);
    for (const table of ['oidc_providers', 'oidc_sign_ins', 'user_identities'])
      await runner.query(`call kernel.isolate('teams.${table}')`);
    await runner.query(`call kernel.open_schema('teams')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['user_identities', 'oidc_sign_ins', 'oidc_providers'])
      await runner.query(`drop table teams.${table}`);
  }
}
