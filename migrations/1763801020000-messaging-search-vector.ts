import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes messages and subjects by folded words, words inside text without spaces, and parts of addresses and numbers.
 * Computes the vectors of all messages again: one rewrite of the table, about a minute per million messages. The
 * partitions of the index have 2,048 messages, so that a search can read few matches of a common word.
 * Each search reads the list of entries that wait for the index, so the list is kept short.
 */
export class MessagingSearchVector1763801020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replaceVectors(runner, 'kernel.search_vector(left(body, 100000))', 11, 128);
    await runner.query(
      `create index conversations_subject on messaging.conversations
       using gin (workspace_id, (array[(number >> 11)::int]), kernel.search_vector(coalesce(subject, ''))) with (gin_pending_list_limit = 128)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replaceVectors(runner, `to_tsvector('simple', left(body, 100000))`, 17, 4096);
    await runner.query(`
      create index conversations_subject on messaging.conversations
      using gin (workspace_id, (array[(number >> 15)::int]), to_tsvector('simple', coalesce(subject, '')))`);
  }

  private async replaceVectors(
    runner: QueryRunner,
    vector: string,
    partitionBits: number,
    pendingKilobytes: number,
  ): Promise<void> {
    await runner.query(`drop index messaging.messages_search, messaging.conversations_subject`);
    await runner.query(`alter table messaging.messages drop column search`);
    await runner.query(
      `alter table messaging.messages add column search tsvector generated always as (${vector}) stored`,
    );
    await runner.query(
      `create index messages_search on messaging.messages
       using gin (workspace_id, (array[(serial >> ${partitionBits})::int]), search)
       with (gin_pending_list_limit = ${pendingKilobytes})`,
    );
  }
}
