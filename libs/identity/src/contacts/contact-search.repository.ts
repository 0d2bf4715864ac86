import { Injectable } from '@nestjs/common';
import { Database, likeText, unscoped, type Statement } from '@parley/kernel';
import { CONTACT_COLUMNS, LIVE_CONTACT, toContactView, type ContactRow } from './contact-row.js';
import type { ContactView } from './contact.view.js';
import { resembledPart, spellingsOf } from './mistyped-words.js';
import type { SoughtNumber } from './phone-number.js';

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
const ENOUGH = 20;

/** Contacts compared for one search; more would cost time in proportion. */
const MOST_CONTAINING = 500;

/** The same of those that are only like the words, which takes longer to tell. */
const MOST_ALIKE = 200;

/** The index holds three letters at a time: what has not so many in a row is looked for only where a word begins. */
const IN_A_ROW = /[\p{L}\p{N}]{3}/u;

/** Holds for who has any of the patterns, one a line, in their words. The parameter alone stands in it, so that it is planned by what is asked for. */
export function hasAny(parameter: string): string {
  return `c.words like any(string_to_array(identity.folded(${parameter}), E'\\n'))`;
}

/** Patterns for {@link hasAny}. */
export function patternsOf(texts: readonly string[], before = '%'): string {
  return texts.map((text) => `${before}${likeText(text.replace(/\s+/gu, ' '))}%`).join('\n');
}

// Whoever is spelled otherwise is found by the index however many they are: only some are looked at, and by its order the table may have them all at its end.
const ALIKE = (enough: string): string => `
   respelled as materialized (
     select c.id from identity.contacts c where ${LIVE_CONTACT} and ${hasAny('$2')} and not ${enough}
   ), spelled as materialized (
     select id, 0.95::float8 as rank from respelled limit ${MOST_ALIKE}
   ), resembling as materialized (
     select c.id, 0.9 * word_similarity(identity.folded($3), c.words)::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and identity.folded($3) <% c.words and not ${enough} and (select count(*) from spelled) < $4::int limit ${MOST_ALIKE}
   )`;

// Unnamed, as how many have the words tells how they are best looked for. What is like them is looked for only when what contains them does not suffice: it takes many times as long.
const SEARCH: Statement = {
  name: '',
  text: `with addressed as materialized (
     select e.contact_id as id, 2::float8 as rank from identity.contact_emails e where e.workspace_id = $1 and e.address = lower($5)
     union all select p.contact_id, 2 from identity.contact_phones p where p.workspace_id = $1 and p.number = $6
   ), containing as materialized (
     select c.id, case when c.words like '% ' || identity.folded($8) || '%' then 1.5 else 1 end::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and ${hasAny('$7')} limit ${MOST_CONTAINING}
   ), ${ALIKE('(select count(*) >= $4::int from containing)')}, best as (
     select id, max(rank) as rank from (select * from addressed union all select * from containing union all select * from spelled union all select * from resembling) found group by id
   )
   select ${CONTACT_COLUMNS}, best.rank, count(*) over ()::int as total, (select count(*) from containing) = ${MOST_CONTAINING} or (select count(*) from spelled) = ${MOST_ALIKE} or (select count(*) from resembling) = ${MOST_ALIKE} as more
   from best join identity.contacts c on c.id = best.id and c.deleted_at is null order by best.rank desc, c.updated_at desc, c.id limit $9::int`,
};
const ANY_CONTAINING: Statement = {
  name: '',
  text: `select 1 as found from identity.contacts c where ${LIVE_CONTACT} and ${hasAny('$2')} limit 1`,
};
const IDS_ALIKE: Statement = {
  name: '',
  text: `with ${ALIKE('false')} select id from spelled union select id from resembling limit $4::int`,
};

/** Contacts by what is written in their names and addresses. */
@Injectable()
export class ContactSearchRepository {
  constructor(private readonly database: Database) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  async search(workspaceId: string, asked: string, sought: SoughtNumber | null, limit: number): Promise<FoundContacts> {
    const words = asked.replace(/^[^\p{L}\p{N}]+/u, '').trimEnd();
    if (words === '') return { best: [], total: 0, more: false };
    const patterns = [patternsOf([words], IN_A_ROW.test(words) ? '%' : '% '), patternsOf(sought?.digits ?? [])]
      .filter(Boolean)
      .join('\n');
    const values = [
      workspaceId,
      ...alike(words),
      ENOUGH,
      words,
      sought?.whole ?? null,
      patterns,
      likeText(words),
      limit,
    ];
    const rows = await unscoped(() =>
      this.database.rows<ContactRow & { rank: number; total: number; more: boolean }>(SEARCH, values),
    );
    return {
      best: rows.map((row) => ({ view: toContactView(row), rank: row.rank })),
      total: rows[0]?.total ?? 0,
      more: rows[0]?.more ?? false,
    };
  }

  /** Contacts who are like the words, up to 200, where nobody has any of the texts in theirs; null where somebody has. */
  async idsAlike(workspaceId: string, words: string, texts: readonly string[]): Promise<string[] | null> {
    const found = await unscoped(() => this.database.row(ANY_CONTAINING, [workspaceId, patternsOf(texts)]));
    if (found) return null;
    const rows = await unscoped(() =>
      this.database.rows<{ id: string }>(IDS_ALIKE, [workspaceId, ...alike(words), MOST_ALIKE]),
    );
    return rows.map(({ id }) => id);
  }
}

/** What is looked for when the words may be mistyped. */
function alike(words: string): [spellings: string, resembled: string | null] {
  return [patternsOf(spellingsOf(words)), resembledPart(words)];
}
