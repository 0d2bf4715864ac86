import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the search words of contacts, without accents and in lower case. They are computed with functions of Postgres,
 * because the results of `unaccent` can change after an upgrade, and stored and searched words must have the same form.
 */
export class IdentitySearchWords1763700900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function identity.folded(said text) returns text language sql immutable parallel safe as
      $$ select case when octet_length(said) = char_length(said) then lower(said) else
           lower(translate(regexp_replace(normalize(replace(replace(replace(replace(said, 'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD), '[\\u0300-\\u036f]', '', 'g'), 'øØłŁđĐðÐı', 'oOlLdDdDi')) end $$`);
    await runner.query(`drop index identity.contacts_text`);
    await runner.query(`
      alter table identity.contacts add column words text not null generated always as (
        identity.folded(' ' || coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(identifier, '') || ' ' || coalesce(company, '') || ' ')
      ) stored`);
    await runner.query(
      `create index contacts_words on identity.contacts using gin (workspace_id, words gin_trgm_ops) where deleted_at is null`,
    );
    await runner.query(`drop function identity.contact_text`);
    await runner.query(`call kernel.open_schema('identity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function identity.contact_text(name text, email text, phone text, identifier text, company text) returns text language sql immutable parallel safe as
      $$ select lower(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(identifier, '') || ' ' || coalesce(company, '')) $$`);
    await runner.query(`alter table identity.contacts drop column words`);
    await runner.query(
      `create index contacts_text on identity.contacts using gin (workspace_id, identity.contact_text(name, email, phone, identifier, company) gin_trgm_ops) where deleted_at is null`,
    );
    await runner.query(`drop function identity.folded`);
  }
}
