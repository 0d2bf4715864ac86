import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates contacts. */
export class IdentityFoundations1763600300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create schema identity`);
    await runner.query(`create extension if not exists pg_trgm`);
    await runner.query(`create extension if not exists btree_gin`);
    await runner.query(`
      create table identity.contacts (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        identifier text,
        email text,
        name text,
        phone text,
        company text,
        avatar_url text,
        custom_fields jsonb not null default '{}',
        tags text[] not null default '{}',
        status text not null default 'active' check (status in ('active', 'inactive', 'unsubscribed')),
        blocked boolean not null default false,
        conversation_count int not null default 0,
        ticket_count int not null default 0,
        last_seen_at timestamptz(3),
        deleted_at timestamptz(3),
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(
      `create unique index contacts_email on identity.contacts (workspace_id, lower(email)) where deleted_at is null`,
    );
    await runner.query(
      `create unique index contacts_identifier on identity.contacts (workspace_id, identifier) where deleted_at is null`,
    );
    await runner.query(
      `create index contacts_created on identity.contacts (workspace_id, created_at, id) where deleted_at is null`,
    );
    await runner.query(
      `create index contacts_updated on identity.contacts (workspace_id, updated_at, id) where deleted_at is null`,
    );
    await runner.query(`
      create function identity.contact_text(name text, email text, phone text, identifier text, company text) returns text language sql immutable parallel safe as
      $$ select lower(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(identifier, '') || ' ' || coalesce(company, '')) $$`);
    await runner.query(
      `create index contacts_text on identity.contacts using gin (workspace_id, identity.contact_text(name, email, phone, identifier, company) gin_trgm_ops) where deleted_at is null`,
    );
    await runner.query(
      `create view identity.contact_cards with (security_invoker = true) as select id, workspace_id, name, email, phone, avatar_url, blocked from identity.contacts`,
    );
    await runner.query(`call kernel.isolate('identity.contacts')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema identity cascade`);
  }
}
