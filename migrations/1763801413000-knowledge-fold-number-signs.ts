import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes articles with number signs (`№`) again. */
export class KnowledgeFoldNumberSigns1763801413000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.indexAgain(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.indexAgain(runner);
  }

  private async indexAgain(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update knowledge.articles set title = title
      where position('№' in concat_ws(' ', title, description, body_text)) > 0`);
  }
}
