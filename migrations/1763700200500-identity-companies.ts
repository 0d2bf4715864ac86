import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds companies of contacts. */
export class IdentityCompanies1763700200500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.companies (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        name text not null,
        domains text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        tags text[] not null default '{}',
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await runner.query(`create index companies_created on identity.companies (workspace_id, created_at, id)`);
    await runner.query(`create index companies_updated on identity.companies (workspace_id, updated_at, id)`);
    await runner.query(`create index companies_name on identity.companies (workspace_id, lower(name), id)`);
    await runner.query(`
      create table identity.company_domains (
        workspace_id uuid not null,
        domain text not null,
        company_id uuid not null references identity.companies (id) on delete cascade,
        primary key (workspace_id, domain)
      )`);
    await runner.query(`create index company_domains_company on identity.company_domains (company_id)`);
    await runner.query(
      `alter table identity.contacts add column company_id uuid references identity.companies (id) on delete set null`,
    );
    await runner.query(
      `create index contacts_company on identity.contacts (company_id, created_at, id) where company_id is not null`,
    );
    for (const table of ['companies', 'company_domains'])
      await runner.query(`call kernel.isolate('identity.${table}')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table identity.contacts drop column company_id`);
    await runner.query(`drop table identity.company_domains, identity.companies`);
  }
}
