import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the contacts that a dry run of an import would create or update. They are deleted when it ends. */
export class IdentityImportDrafts1763700900100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.import_drafts (
        import_id uuid not null references identity.imports (id) on delete cascade,
        workspace_id uuid not null,
        contact_id uuid not null,
        keys text[] not null,
        contact jsonb not null,
        primary key (import_id, contact_id)
      )`);
    await runner.query(`create index import_drafts_keys on identity.import_drafts using gin (import_id, keys)`);
    await runner.query(`call kernel.isolate('identity.import_drafts')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.import_drafts`);
  }
}
