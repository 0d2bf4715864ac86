import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds merges of contacts, stored so that they can be undone. */
export class IdentityMerges1763700200600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.merges (
        id uuid primary key,
        workspace_id uuid not null,
        target_id uuid not null references identity.contacts (id) on delete cascade,
        contact_ids uuid[] not null,
        actor jsonb not null,
        before jsonb not null,
        after jsonb not null,
        receipts jsonb not null,
        created_at timestamptz(3) not null,
        undone_at timestamptz(3)
      )`);
    await runner.query(`create index merges_target on identity.merges (target_id, created_at, id)`);
    await runner.query(
      `alter table identity.contacts add column merged_into uuid, add column merge_id uuid references identity.merges (id)`,
    );
    await runner.query(`create index contacts_merged on identity.contacts (merged_into) where merged_into is not null`);
    await runner.query(`create index contacts_merge on identity.contacts (merge_id) where merge_id is not null`);
    await runner.query(
      `create index contacts_merged_identifier on identity.contacts (workspace_id, identifier) where merged_into is not null and identifier is not null`,
    );
    await runner.query(`
      create function identity.merge_root(contact_id uuid) returns uuid language sql stable as $$
        with recursive chain as (
          select c.id, c.merged_into, 1 as step from identity.contacts c where c.id = contact_id
          union all
          select c.id, c.merged_into, chain.step + 1 from identity.contacts c join chain on c.id = chain.merged_into where chain.step < 1000
        ) select id from chain where merged_into is null
      $$`);
    await runner.query(`call kernel.isolate('identity.merges')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function identity.merge_root(uuid)`);
    await runner.query(`alter table identity.contacts drop column merged_into, drop column merge_id`);
    await runner.query(`drop table identity.merges`);
  }
}
