import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds notes on contacts. */
export class IdentityNotes1763700200300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.contact_notes (
        id uuid primary key,
        workspace_id uuid not null,
        contact_id uuid not null references identity.contacts (id) on delete cascade,
        author jsonb not null,
        body text not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null
      )`);
    await runner.query(`create index contact_notes_order on identity.contact_notes (contact_id, created_at, id)`);
    await runner.query(`call kernel.isolate('identity.contact_notes')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.contact_notes`);
  }
}
