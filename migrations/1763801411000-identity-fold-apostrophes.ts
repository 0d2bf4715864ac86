import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Computes the search words of contacts with apostrophes or number signs again. */
export class IdentityFoldApostrophes1763801411000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.computeWords(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.computeWords(runner);
  }

  // An update computes generated columns.
  private async computeWords(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update identity.contacts set name = name
      where concat_ws(' ', name, email, phone, identifier, company) collate "C" ~ '[‘’ʼŉ№]'`);
  }
}
