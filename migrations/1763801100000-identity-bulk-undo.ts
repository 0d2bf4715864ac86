import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keeps what bulk updates of contacts changed, so that they can be undone. */
export class IdentityBulkUndo1763801100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table identity.bulk_operations
        add column skipped jsonb not null default '{}',
        add column undoable boolean not null default false,
        add column undoes_id uuid unique references identity.bulk_operations on delete cascade,
        add column undo_id uuid,
        drop constraint bulk_operations_check,
        add constraint bulk_operations_selection check (ids is not null or filter is not null or undoes_id is not null)`);
    // The changes of existing operations were not recorded.
    await runner.query(`alter table identity.bulk_operations alter column undoable set default true`);
    await runner.query(`
      create table identity.bulk_operation_changes (
        run_id uuid not null references identity.bulk_operations on delete cascade,
        workspace_id uuid not null,
        object_id uuid not null,
        changes jsonb not null,
        undone boolean not null default false,
        primary key (run_id, object_id)
      )`);
    await runner.query(
      `create index bulk_operation_changes_object on identity.bulk_operation_changes (workspace_id, object_id)`,
    );
    await runner.query(`call kernel.isolate('identity.bulk_operation_changes')`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table identity.bulk_operation_changes`);
    await runner.query(`delete from identity.bulk_operations where undoes_id is not null`);
    await runner.query(`
      alter table identity.bulk_operations
        drop constraint bulk_operations_selection,
        add constraint bulk_operations_check check (ids is not null or filter is not null),
        drop column skipped, drop column undoable, drop column undoes_id, drop column undo_id`);
  }
}
