import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks that text can have or lack, and invisible characters. */
const IGNORED =
  '\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1-\\u05c2\\u05c4-\\u05c5\\u05c7\\u0610-\\u061a' +
  '\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u180b-\\u180f' +
  '\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\u20e3\\ufe00-\\ufe0f\\ufeff' +
  '\\U0001f3fb-\\U0001f3ff\\U000e0000-\\U000e01ef';

/** Characters beyond ASCII that separate words. */
const SEPARATORS =
  '\\u0080-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u02b9-\\u02df' +
  '\\u02e5-\\u02ff\\u0375\\u0482\\u055a-\\u055f\\u0589-\\u058f\\u05be\\u05c0\\u05c3\\u05c6' +
  '\\u05f3-\\u05f4\\u0600-\\u060f\\u061b-\\u061f\\u066a-\\u066d\\u06d4\\u06dd-\\u06de\\u06e9' +
  '\\u06fd-\\u06fe\\u0700-\\u070d\\u0964-\\u0965\\u0970\\u0df4\\u0e3f\\u0e4f\\u0e5a-\\u0e5b' +
  '\\u0f01-\\u0f17\\u0f3a-\\u0f3d\\u104a-\\u104f\\u10fb\\u1360-\\u1368\\u1400\\u166d-\\u166e\\u1680' +
  '\\u17d4-\\u17d6\\u17d8-\\u17db\\u1800-\\u180a\\u1944-\\u1945\\u2000-\\u218f\\u2200-\\u22ff' +
  '\\u2400-\\u259f\\u27c0-\\u2aff\\u2e00-\\u2e7f\\u2ff0-\\u3004\\u3008-\\u3020\\u3030\\u303d-\\u303f' +
  '\\u30a0\\u30fb\\u4dc0-\\u4dff\\ua4fe-\\ua4ff\\ua60d-\\ua60f\\ua6f2-\\ua6f7\\ua8ce-\\ua8cf' +
  '\\ua92e-\\ua92f\\ua9c1-\\ua9cd\\uaa5c-\\uaa5f\\uabeb\\ue000-\\uf8ff\\ufd3e-\\ufd4f\\ufe10-\\ufe6f' +
  '\\ufff0-\\uffff\\U000f0000-\\U0010ffff';

/** Characters of scripts that do not separate words. */
const UNSEGMENTED =
  '\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e80-\\u0ece\\u0edc-\\u0edf\\u1000-\\u103f\\u1050-\\u108f' +
  '\\u1780-\\u17d3\\u17d7\\u17dc-\\u17dd\\u3005-\\u3007\\u3021-\\u3029\\u3041-\\u309f\\u30a1-\\u30fa' +
  '\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff' +
  '\\uf900-\\ufaff\\U00020000-\\U0003ffff';

/** Symbols and emoji, each of which is a word. */
const SYMBOLS = '\\u2190-\\u21ff\\u2300-\\u23ff\\u25a0-\\u27bf\\u2b00-\\u2bff\\U0001f000-\\U0001faff';

const SPECIAL_LETTERS = 'øłđðħŧıς';
const SPECIAL_REPLACEMENTS = 'olddhtiσ';
// Capitals that the Unicode tables of older servers do not know, and their small letters.
const RECENT_CAPITALS = 'ᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿⰯꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜꟵ';
const RECENT_LETTERS = 'ᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿⱟꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛꟶ';

const DIGITS = '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙';

/**
 * Adds the functions that prepare text for searches and comparisons. `foldText` and `searchTokens` in
 * `libs/kernel/src/text` compute the same; a test compares them. Generated columns and indexes use the functions, so a
 * change of a result needs a new version of the function and a rewrite of these columns.
 */
export class KernelSearchText1763801000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createFoldText(runner);
    await this.createSearchWords(runner);
    await this.createSearchVector(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['search_vector', 'search_words', 'fold_text', 'fold_unicode_text'])
      await runner.query(`drop function kernel.${name}(text)`);
  }

  private async createFoldText(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function kernel.fold_unicode_text(value text) returns text language plpgsql immutable parallel safe as $$
      declare folded text collate "C";
      begin
        folded := regexp_replace(normalize(value, NFKD) collate "C", '[${IGNORED}]+', '', 'g');
        folded := replace(folded, 'ß', 'ss');
        if octet_length(folded) = char_length(folded) then return lower(folded); end if;
        folded := lower(folded collate "und-x-icu");
        if folded ~ '[ßæœ${SPECIAL_LETTERS}${RECENT_CAPITALS}${DIGITS}]' then
          folded := translate(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
            '${SPECIAL_LETTERS}${RECENT_CAPITALS}${DIGITS}', '${SPECIAL_REPLACEMENTS}${RECENT_LETTERS}' || repeat('0123456789', 5));
        end if;
        return normalize(folded, NFKC);
      end $$`);
    await runner.query(`
      create function kernel.fold_text(value text) returns text language sql immutable parallel safe as $$
        select case when octet_length(value) = char_length(value) then lower(value collate "C")
          else kernel.fold_unicode_text(value) end $$`);
  }

  private async createSearchWords(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function kernel.search_words(value text) returns text language sql immutable parallel safe as $$
        select case when octet_length(value) = char_length(value) then lower(value collate "C")
          else regexp_replace(regexp_replace(kernel.fold_unicode_text(value) collate "C",
            '[${UNSEGMENTED}]', ' \\& ', 'g'), ' +', ' ', 'g') end $$`);
  }

  // The parser of Postgres is fast, but splits numbers with an exponent from letters after them, and the classes of
  // other characters depend on the locale.
  private async createSearchVector(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function kernel.search_vector(value text) returns tsvector language plpgsql immutable parallel safe as $$
      declare words text collate "C" := kernel.fold_text(value);
      begin
        if octet_length(words) <> char_length(words) then
          words := regexp_replace(words, '[${SEPARATORS}]+', ' ', 'g');
        end if;
        words := replace(words, '#', ' xnumbersign ');
        if octet_length(words) = char_length(words) and words !~ '[0-9]e[0-9]' then
          return to_tsvector('pg_catalog.simple', translate(words, '-+./:@_<>&~', '           '));
        end if;
        words := regexp_replace(words, '[${UNSEGMENTED}]+|[${SYMBOLS}]', ' \\& ', 'g');
        words := regexp_replace(words, '[${UNSEGMENTED}]', '\\& \\&', 'g');
        words := regexp_replace(words, '[\\u0001-\\u002f\\u003a-\\u0060\\u007b-\\u007f]+', ' ', 'g');
        return (
          select coalesce(string_agg('''' || left(token, 500) || ''':' || least(position, 16383), ' '), '')::tsvector
          from (select token, row_number() over () as position from string_to_table(words, ' ') token
            where token <> '' limit 50000) tokens);
      end $$`);
  }
}
