import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keeps what bulk updates of conversations changed, so that they can be undone. */
export class MessagingBulkUndo1763801101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table messaging.bulk_changes
        alter column ids drop not null,
        add column skipped jsonb not null default '{}',
        add column undoable boolean not null default false,
        add column undoes_id uuid unique references messaging.bulk_changes on delete cascade,
        add column undo_id uuid`);
    // The changes of existing updates were not recorded.
    await runner.query(`alter table messaging.bulk_changes alter column undoable set default true`);
    await runner.query(`
      create table messaging.bulk_change_records (
        run_id uuid not null references messaging.bulk_changes on delete cascade,
        workspace_id uuid not null,
        object_id uuid not null,
        changes jsonb not null,
        undone boolean not null default false,
        primary key (run_id, object_id)
      )`);
    await runner.query(
      `create index bulk_change_records_object on messaging.bulk_change_records (workspace_id, object_id)`,
    );
    await runner.query(`call kernel.isolate('messaging.bulk_change_records')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.bulk_change_records`);
    await runner.query(`delete from messaging.bulk_changes where undoes_id is not null`);
    await runner.query(`
      alter table messaging.bulk_changes
        alter column ids set not null,
        drop column skipped, drop column undoable, drop column undoes_id, drop column undo_id`);
  }
}
