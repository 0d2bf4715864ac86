import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the previous contacts of conversations that were moved by a merge. */
export class MessagingContactMoves1763700200700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.contact_moves (
        move_id uuid not null,
        conversation_id uuid not null references messaging.conversations (id) on delete cascade,
        workspace_id uuid not null,
        from_contact_id uuid not null,
        primary key (move_id, conversation_id)
      )`);
    await runner.query(`create index contact_moves_conversation on messaging.contact_moves (conversation_id)`);
    await runner.query(`call kernel.isolate('messaging.contact_moves')`);
    await runner.query(`call kernel.open_schema('messaging')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.contact_moves`);
  }
}
