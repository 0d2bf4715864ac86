import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes messages and subjects with number signs (`№`) again. Apostrophes separate words in any case. */
export class MessagingFoldNumberSigns1763801412000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.indexAgain(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.indexAgain(runner);
  }

  private async indexAgain(runner: QueryRunner): Promise<void> {
    await runner.query(`update messaging.messages set body = body where position('№' in body) > 0`);
    const [{ found }] = (await runner.query(
      `select exists (select from messaging.conversations where position('№' in subject) > 0) as found`,
    )) as [{ readonly found: boolean }];
    // An update that changes no column does not change the index of an expression.
    if (found) await runner.query(`reindex index messaging.conversations_subject`);
  }
}
