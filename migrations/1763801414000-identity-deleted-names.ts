import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records the names of deleted tags and custom fields, so that what still refers to them can show it. */
export class IdentityDeletedNames1763801414000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.deleted_names (
        workspace_id uuid not null,
        type text not null check (type in ('tag', 'custom_field')),
        name text not null,
        primary key (workspace_id, type, name)
      )`);
    await runner.query(`call kernel.isolate('identity.deleted_names')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.deleted_names`);
  }
}
