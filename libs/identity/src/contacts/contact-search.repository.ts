import { Injectable } from '@nestjs/common';
import { Database, likeText, statement, unscoped } from '@parley/kernel';
import { CONTACT_COLUMNS, CONTACT_TEXT, LIVE_CONTACT, toContactView, type ContactRow } from './contact-row.js';
import type { ContactView } from './contact.view.js';

/** A contact found, and how well the words meet it: 1 or more where they stand in it as they are. */
export interface FoundContact {
  readonly view: ContactView;
  readonly rank: number;
}

/** Contacts compared for one search; more would cost time in proportion. */
const MOST_CONTAINING = 500;

/** The same of those that are only like the words, which takes longer to tell. */
const MOST_RESEMBLING = 200;

/** The index holds three letters at a time: what has not so many in a row is looked for only where a word begins. */
const IN_A_ROW = /[\p{L}\p{N}]{3}/u;

/** The letters below which nothing is taken for mistyped. */
const MISTYPED = 4;

// What is like the words is looked for only when what contains them does not suffice: it takes many times as long.
const SEARCH = statement(
  'identity.search-contacts',
  `with addressed as materialized (
     select e.contact_id as id, 2::float8 as rank from identity.contact_emails e where e.workspace_id = $1 and e.address = lower($2)
   ), containing as materialized (
     select c.id, case when ' ' || ${CONTACT_TEXT} like '% ' || lower($4) || '%' then 1.5 else 1 end::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and ${CONTACT_TEXT} like any($3::text[]) limit ${MOST_CONTAINING}
   ), resembling as materialized (
     select c.id, word_similarity(lower($2), ${CONTACT_TEXT})::float8 as rank
     from identity.contacts c where ${LIVE_CONTACT} and lower($6) <% ${CONTACT_TEXT} and (select count(*) from containing) < $5::int limit ${MOST_RESEMBLING}
   ), best as (
     select id, max(rank) as rank from (select * from addressed union all select * from containing union all select * from resembling) found group by id
   )
   select ${CONTACT_COLUMNS}, best.rank from best join identity.contacts c on c.id = best.id and c.deleted_at is null order by best.rank desc, c.updated_at desc, c.id limit $5::int`,
);

/** Contacts by what is written in their names and addresses. */
@Injectable()
export class ContactSearchRepository {
  constructor(private readonly database: Database) {}

  /** The contacts that the words meet best; without a letter or digit they meet nobody. */
  async search(workspaceId: string, asked: string, limit: number): Promise<FoundContact[]> {
    const words = asked.replace(/^[^\p{L}\p{N}]+/u, '').trimEnd();
    if (words === '') return [];
    const text = likeText(words.toLowerCase());
    const patterns = IN_A_ROW.test(words) ? [`%${text}%`] : [`${text}%`, `% ${text}%`];
    const rows = await unscoped(() => this.database.rows<ContactRow & { rank: number }>(SEARCH, [workspaceId, words, patterns, likeText(words), limit, resembled(words)]));
    return rows.map((row) => ({ view: toContactView(row), rank: row.rank }));
  }
}

/** What is compared letter by letter: of an e-mail what stands before the sign, for its domain is like that of very many. Null of what is too short to be mistyped. */
function resembled(words: string): string | null {
  const [own = ''] = words.split('@');
  const text = [...own].length >= MISTYPED ? own : words;
  return [...text].length >= MISTYPED ? text : null;
}
