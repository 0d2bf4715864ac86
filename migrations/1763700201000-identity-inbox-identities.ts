import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the identifiers of contacts in each inbox. */
export class IdentityInboxIdentities1763700201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.contact_identities (
        id uuid primary key,
        workspace_id uuid not null,
        contact_id uuid not null references identity.contacts (id) on delete cascade,
        inbox_id uuid not null,
        source_id text not null,
        created_at timestamptz(3) not null,
        constraint contact_identities_source unique (workspace_id, inbox_id, source_id)
      )`);
    await runner.query(
      `create index contact_identities_contact on identity.contact_identities (contact_id, created_at, id)`,
    );
    await runner.query(`call kernel.isolate('identity.contact_identities')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.contact_identities`);
  }
}
