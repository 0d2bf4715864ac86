import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { Database, escapeLike, type Statement } from '@parley/kernel/database';
import { CONTACT_COLUMNS, LIVE_CONTACT, toContactView, type ContactRow } from './contact-row.js';
import type { ContactView } from './contact.view.js';
import { similarityTerm, spellingVariants } from './spelling-variants.js';
import type { PhoneSearch } from './phone-number.js';

/** A contact found, and how well the words meet it: 1 or more where they stand in it as they are. */
export interface FoundContact {
  readonly view: ContactView;
  readonly rank: number;
}

/** What the words have met. */
export interface FoundContacts {
  readonly best: readonly FoundContact[];
  /** How many were met with those that are not among the best. */
  readonly total: number;
  /** Whether more may have the words than were looked at. */
  readonly more: boolean;
}

/** So many who have the words are enough not to look for who is only like them. */
const SUFFICIENT_MATCHES = 20;

/** Contacts compared for one search; more would cost time in proportion. */
const MAX_CONTAINING = 500;

/** The same of those that are only like the words, which takes longer to tell. */
const MAX_SIMILAR = 200;

/** The index holds three letters at a time: what has not so many in a row is looked for only where a word begins. */
const THREE_CONSECUTIVE_LETTERS = /[\p{L}\p{N}]{3}/u;

/** Holds for who has any of the patterns, one a line, in their words. The parameter alone stands in it, so that it is planned by what is asked for. */
export function matchesAnyPatternSql(parameter: string): string {
  return `c.words like any(string_to_array(identity.folded(${parameter}), E'\\n'))`;
}

/** Patterns for {@link matchesAnyPatternSql}. */
export function toPatterns(texts: readonly string[], prefix = '%'): string {
  return texts.map((text) => `${prefix}${escapeLike(text.replace(/\s+/gu, ' '))}%`).join('\n');
}

// Whoever is spelled otherwise is found by the index however many they are: only some are looked at, and by its order the table may have them all at its end.
const similarSql = (stopCondition: string): string => `
   respelled as materialized (
     select c.id from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$2')} and not ${stopCondition}
   ), spelled as materialized (
     select id, 0.95::float8 as rank from respelled limit ${MAX_SIMILAR}
   ), resembling as materialized (
     select c.id, 0.9 * word_similarity(identity.folded($3), c.words)::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and identity.folded($3) <% c.words and not ${stopCondition} and (select count(*) from spelled) < $4::int limit ${MAX_SIMILAR}
   )`;

// Unnamed, as how many have the words tells how they are best looked for. What is like them is looked for only when what contains them does not suffice: it takes many times as long.
const SEARCH_CONTACTS: Statement = {
  name: '',
  text: `with addressed as materialized (
     select e.contact_id as id, 2::float8 as rank from identity.contact_emails e where e.workspace_id = $1 and e.address = lower($5)
     union all select p.contact_id, 2 from identity.contact_phones p where p.workspace_id = $1 and p.number = $6
   ), containing as materialized (
     select c.id, case when c.words like '% ' || identity.folded($8) || '%' then 1.5 else 1 end::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$7')} limit ${MAX_CONTAINING}
   ), ${similarSql('(select count(*) >= $4::int from containing)')}, best as (
     select id, max(rank) as rank from (select * from addressed union all select * from containing union all select * from spelled union all select * from resembling) found group by id
   )
   select ${CONTACT_COLUMNS}, best.rank, count(*) over ()::int as total, (select count(*) from containing) = ${MAX_CONTAINING} or (select count(*) from spelled) = ${MAX_SIMILAR} or (select count(*) from resembling) = ${MAX_SIMILAR} as more
   from best join identity.contacts c on c.id = best.id and c.deleted_at is null order by best.rank desc, c.updated_at desc, c.id limit $9::int`,
};
const FIND_ANY_CONTAINING: Statement = {
  name: '',
  text: `select 1 as found from identity.contacts c where ${LIVE_CONTACT} and ${matchesAnyPatternSql('$2')} limit 1`,
};
const LIST_SIMILAR_IDS: Statement = {
  name: '',
  text: `with ${similarSql('false')} select id from spelled union select id from resembling limit $4::int`,
};

/** Contacts by what is written in their names and addresses. */
@Injectable()
export class ContactSearchRepository {
  constructor(private readonly database: Database) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  async search(
    workspaceId: string,
    query: string,
    phoneSearch: PhoneSearch | null,
    limit: number,
  ): Promise<FoundContacts> {
    const searchText = query.replace(/^[^\p{L}\p{N}]+/u, '').trimEnd();
    if (searchText === '') return { best: [], total: 0, more: false };
    const patterns = [
      toPatterns([searchText], THREE_CONSECUTIVE_LETTERS.test(searchText) ? '%' : '% '),
      toPatterns(phoneSearch?.digits ?? []),
    ]
      .filter(Boolean)
      .join('\n');
    const values = [
      workspaceId,
      ...similarityParameters(searchText),
      SUFFICIENT_MATCHES,
      searchText,
      phoneSearch?.whole ?? null,
      patterns,
      escapeLike(searchText),
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

  /** Contacts who are like the words, up to 200, where nobody has any of the texts in theirs; null where somebody has. */
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

/** What is looked for when the words may be mistyped. */
function similarityParameters(searchText: string): [spellings: string, resembled: string | null] {
  return [toPatterns(spellingVariants(searchText)), similarityTerm(searchText)];
}
