import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { emailKey, normalizeDomain, normalizeEmail } from '@parley/kernel/email';
import { Database, escapeLike, type Statement } from '@parley/kernel/database';
import { CONTACT_COLUMNS, LIVE_CONTACT, toContactView, type ContactRow } from './contact-row.js';
import type { ContactView } from './contact.view.js';
import { similarityTerm, spellingVariants } from './spelling-variants.js';
import { EXACT_MATCH_RANK } from './contact-search-type.js';
import { foldText } from '@parley/kernel/text';
import type { PhoneSearch } from './phone-number.js';

/** A search hit. The rank is 1 or higher if the contact contains the query literally. */
export interface FoundContact {
  readonly view: ContactView;
  readonly rank: number;
}

/** Result of a contact search. */
export interface FoundContacts {
  readonly best: readonly FoundContact[];
  /** Number of all hits, including those that are not in `best`. */
  readonly total: number;
  /** True if the search stopped at a limit, so that more contacts may match. */
  readonly more: boolean;
}

/** Number of literal matches that makes a similarity search unnecessary. */
const SUFFICIENT_MATCHES = 20;

/** Maximum number of literal matches per search. The cost is proportional to it. */
const MAX_CONTAINING = 500;

/** Maximum number of similar contacts per search. Similarity is slower to compute. */
const MAX_SIMILAR = 200;

/** The trigram index needs three consecutive letters. A query without them matches only at the start of a word. */
const THREE_CONSECUTIVE_LETTERS = /[\p{L}\p{N}]{3}/u;

/**
 * Condition: the contact's search text contains one of the patterns, one pattern per line. The expression uses only the
 * parameter, so that the planner can use its actual value.
 */
export function matchesAnyPatternSql(parameter: string): string {
  return `c.words like any(string_to_array(kernel.search_words(${parameter}), E'\\n'))`;
}

/** Escapes a text for a pattern. It is folded before, because folding turns other characters into `%` and `_`. */
function escapeText(text: string): string {
  return escapeLike(foldText(text).replace(/\s+/gu, ' '));
}

/** Builds the patterns for {@link matchesAnyPatternSql}. */
export function toPatterns(texts: readonly string[], prefix = '%'): string {
  return texts.map((text) => `${prefix}${escapeText(text)}%`).join('\n');
}

// The index lookup of similar contacts is bounded by a limit: an ordered scan could read the whole table.
const similarSql = (stopCondition: string): string => `
   variant_matches as materialized (
     select c.id from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$2')}
       and not ${stopCondition}
   ), variants as materialized (
     select id, 0.95::float8 as rank from variant_matches limit ${MAX_SIMILAR}
   ), resembling as materialized (
     select c.id, 0.9 * word_similarity(kernel.search_words($3), c.words)::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and kernel.search_words($3) <% c.words and not ${stopCondition}
       and (select count(*) from variants) < $4::int limit ${MAX_SIMILAR}
   )`;

// The statements are unnamed, so that the planner uses the actual values: the best plan depends on the number of
// matches. The similarity search takes many times as long and runs only if there are too few literal matches.
const SEARCH_CONTACTS: Statement = {
  name: '',
  text: `with exact as materialized (
     select c.id, ${EXACT_MATCH_RANK}::float8 as rank from identity.contacts c where ${LIVE_CONTACT} and c.id in (
       select e.contact_id from identity.contact_emails e where e.workspace_id = $1 and e.address = $5
       union all select p.contact_id from identity.contact_phones p where p.workspace_id = $1 and p.number = $6)
   ), containing as materialized (
     select c.id, case when c.words like '%' || kernel.search_words(' ' || $8) || '%' then 1.5 else 1 end::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$7')} limit ${MAX_CONTAINING}
   ), ${similarSql('(exists (select from exact) or (select count(*) >= $4::int from containing))')}, best as (
     select id, max(rank) as rank from (select * from exact union all select * from containing union all select *
       from variants union all select * from resembling) found group by id
   )
   select ${CONTACT_COLUMNS}, best.rank, count(*) over ()::int as total, (select count(*)
     from containing) = ${MAX_CONTAINING} or (select count(*) from variants) = ${MAX_SIMILAR} or (select count(*)
     from resembling) = ${MAX_SIMILAR} as more
   from best join identity.contacts c on c.id = best.id and c.deleted_at is null
     order by best.rank desc, c.updated_at desc, c.id limit $9::int`,
};
const FIND_ANY_CONTAINING: Statement = {
  name: '',
  text: `select 1 as found from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$2')} limit 1`,
};
const LIST_SIMILAR_IDS: Statement = {
  name: '',
  text: `with ${similarSql('false')} select id from variants union select id from resembling limit $4::int`,
};

/** Searches contacts by names and addresses. */
@Injectable()
export class ContactSearchRepository {
  constructor(private readonly database: Database) {}

  /** The best matches of a query. A query without a letter or digit matches nothing. */
  async search(
    workspaceId: string,
    query: string,
    phoneSearch: PhoneSearch | null,
    limit: number,
  ): Promise<FoundContacts> {
    const searchText = query.replace(/^[^\p{L}\p{N}]+/u, '').trimEnd();
    if (searchText === '') return { best: [], total: 0, more: false };
    const patterns = [
      toPatterns(listSpellings(searchText), THREE_CONSECUTIVE_LETTERS.test(searchText) ? '%' : '% '),
      toPatterns(phoneSearch?.digits ?? []),
    ]
      .filter(Boolean)
      .join('\n');
    const values = [
      workspaceId,
      ...similarityParameters(searchText),
      SUFFICIENT_MATCHES,
      emailKey(searchText),
      phoneSearch?.whole ?? null,
      patterns,
      escapeText(searchText),
      limit,
    ];
    const rows = await withSystemScope(() =>
      this.database.rows<ContactRow & { rank: number; total: number; more: boolean }>(SEARCH_CONTACTS, values),
    );
    return {
      best: rows.map((row) => ({ view: toContactView(row), rank: row.rank })),
      total: rows[0]?.total ?? 0,
      more: rows[0]?.more ?? false,
    };
  }

  /**
   * IDs of up to 200 contacts that are similar to the search text, if no contact contains any of the texts; else null.
   */
  async listSimilarIds(workspaceId: string, searchText: string, texts: readonly string[]): Promise<string[] | null> {
    const found = await withSystemScope(() => this.database.row(FIND_ANY_CONTAINING, [workspaceId, toPatterns(texts)]));
    if (found) return null;
    const rows = await withSystemScope(() =>
      this.database.rows<{ id: string }>(LIST_SIMILAR_IDS, [
        workspaceId,
        ...similarityParameters(searchText),
        MAX_SIMILAR,
      ]),
    );
    return rows.map(({ id }) => id);
  }
}

/** The text and, if it contains an e-mail address or domain beyond ASCII, the form in which that is stored. */
export function listSpellings(searchText: string): string[] {
  const isDomain = /^[^\s@]+\.[^\s@]+$/u.test(searchText);
  return [...new Set([searchText, isDomain ? normalizeDomain(searchText) : normalizeEmail(searchText)])];
}

/** Parameters of the similarity search. */
function similarityParameters(searchText: string): [spellings: string, resembled: string | null] {
  return [toPatterns(spellingVariants(searchText)), similarityTerm(searchText)];
}
