import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds definitions of custom attributes. */
export class IdentityAttributes1763700200900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.attribute_definitions (
        id uuid primary key,
        serial bigint generated always as identity unique,
        workspace_id uuid not null,
        applies_to text not null check (applies_to in ('contact', 'company', 'conversation', 'ticket')),
        key text not null,
        label text not null,
        description text,
        type text not null check (type in ('text', 'number', 'date', 'list', 'checkbox', 'link', 'currency')),
        options text[] not null default '{}',
        regex text,
        regex_hint text,
        version int not null default 1,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        constraint attribute_definitions_key unique (workspace_id, applies_to, key)
      )`);
    await runner.query(
      `create index attribute_definitions_order on identity.attribute_definitions (workspace_id, created_at, id)`,
    );
    await runner.query(`call kernel.isolate('identity.attribute_definitions')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.attribute_definitions`);
  }
}
