import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes articles by the same words as messages. */
export class KnowledgeSearchVector1763801030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replaceVector(runner, (text) => `kernel.search_vector(${text})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replaceVector(runner, (text) => `to_tsvector('simple', translate(${text}, '<>', '  '))`);
  }

  private async replaceVector(runner: QueryRunner, vectorOf: (text: string) => string): Promise<void> {
    await runner.query(`alter table knowledge.articles drop column search`);
    await runner.query(`
      alter table knowledge.articles add column search tsvector generated always as (
        setweight(${vectorOf('title')}, 'A') || setweight(${vectorOf(`coalesce(description, '')`)}, 'B')
        || setweight(${vectorOf('left(body_text, 100000)')}, 'C')
      ) stored`);
    await runner.query(`create index articles_search on knowledge.articles using gin (workspace_id, search)`);
  }
}
