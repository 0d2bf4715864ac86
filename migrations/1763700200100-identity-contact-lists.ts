import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds indexes for lists of contacts, and bulk operations on contacts. */
export class IdentityContactLists1763700200100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index contacts_name on identity.contacts (workspace_id, lower(coalesce(name, '')), id) where deleted_at is null`,
    );
    await runner.query(
      `create index contacts_tags on identity.contacts using gin (workspace_id, tags) where deleted_at is null`,
    );
    await runner.query(
      `create index contacts_company_name on identity.contacts (workspace_id, lower(company)) where deleted_at is null and company is not null`,
    );
    await runner.query(`
      create table identity.bulk_operations (
        id uuid primary key,
        workspace_id uuid not null,
        status text not null default 'running' check (status in ('running', 'completed')),
        ids uuid[],
        filter jsonb,
        change jsonb not null,
        actor jsonb not null,
        total int not null,
        succeeded int not null default 0,
        failed int not null default 0,
        results jsonb not null default '[]',
        position uuid,
        created_at timestamptz(3) not null,
        completed_at timestamptz(3),
        check (ids is not null or filter is not null)
      )`);
    await runner.query(`create index bulk_operations_age on identity.bulk_operations (created_at)`);
    await runner.query(`call kernel.isolate('identity.bulk_operations')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.bulk_operations`);
    await runner.query(`drop index identity.contacts_name, identity.contacts_tags, identity.contacts_company_name`);
  }
}
