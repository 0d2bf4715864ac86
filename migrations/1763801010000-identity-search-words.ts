import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTACT_TEXT = `' ' || coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' ||
  coalesce(identifier, '') || ' ' || coalesce(company, '') || ' '`;

/** Folds the search words of contacts with the function of all searches, and finds words inside Chinese names. */
export class IdentitySearchWords1763801010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replaceWords(runner, 'kernel.search_words');
    await runner.query(`drop function identity.fold_text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function identity.fold_text(said text) returns text language sql immutable parallel safe as
      $$ select case when octet_length(said) = char_length(said) then lower(said) else
           lower(translate(regexp_replace(normalize(replace(replace(replace(replace(said, 'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD), '[\\u0300-\\u036f]', '', 'g'), 'øØłŁđĐðÐı', 'oOlLdDdDi')) end $$`);
    await this.replaceWords(runner, 'identity.fold_text');
    await runner.query(`call kernel.open_schema('identity')`);
  }

  private async replaceWords(runner: QueryRunner, foldFunction: string): Promise<void> {
    await runner.query(`alter table identity.contacts drop column words`);
    await runner.query(
      `alter table identity.contacts add column words text not null generated always as (${foldFunction}(${CONTACT_TEXT})) stored`,
    );
    await runner.query(
      `create index contacts_words on identity.contacts using gin (workspace_id, words gin_trgm_ops) where deleted_at is null`,
    );
  }
}
