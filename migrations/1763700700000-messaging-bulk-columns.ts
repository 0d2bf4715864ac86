import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Renames the columns of bulk updates to those of other bulk tables, so that the kernel can read them. */
export class MessagingBulkColumns1763700700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messaging.bulk_changes rename column edit to change`);
    await runner.query(`alter table messaging.bulk_changes rename column conversation_ids to ids`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messaging.bulk_changes rename column ids to conversation_ids`);
    await runner.query(`alter table messaging.bulk_changes rename column change to edit`);
  }
}
