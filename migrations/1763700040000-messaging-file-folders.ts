import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds folders of files. */
export class MessagingFileFolders1763700040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.file_folders (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        version int not null default 1,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create unique index file_folders_name on messaging.file_folders (workspace_id, lower(name))`);
    await runner.query(`
      insert into messaging.file_folders (id, workspace_id, name)
      select distinct on (workspace_id, lower(folder)) gen_random_uuid(), workspace_id, folder from messaging.files where folder <> '' and deleted_at is null`);
    await runner.query(`alter table messaging.files add column folder_id uuid references messaging.file_folders (id)`);
    await runner.query(
      `update messaging.files f set folder_id = d.id from messaging.file_folders d where d.workspace_id = f.workspace_id and lower(d.name) = lower(f.folder) and f.deleted_at is null`,
    );
    await runner.query(`alter table messaging.files drop column folder`);
    await runner.query(
      `create index files_folder on messaging.files (workspace_id, folder_id, created_at, id) where deleted_at is null`,
    );
    await runner.query(`create index files_folder_key on messaging.files (folder_id)`);
    await runner.query(`call kernel.isolate('messaging.file_folders')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messaging.files add column folder text`);
    await runner.query(
      `update messaging.files f set folder = d.name from messaging.file_folders d where d.id = f.folder_id`,
    );
    await runner.query(`alter table messaging.files drop column folder_id`);
    await runner.query(`drop table messaging.file_folders`);
  }
}
