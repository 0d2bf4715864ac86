import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sorts file folders by the Unicode collation instead of bytes. */
export class MessagingNameOrder1763800912000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index file_folders_name_order on messaging.file_folders (workspace_id, (name collate "und-x-icu"), id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index messaging.file_folders_name_order`);
  }
}
