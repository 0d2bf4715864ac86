import { Injectable } from '@nestjs/common';
import { Database, statement, unscoped } from '@parley/kernel';
import { subjectWords, wordsQuery } from './words-sql.js';

/** A conversation found by its words. */
export interface FoundConversation {
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly status: string;
  readonly priority: string;
  readonly channel: string;
  readonly contact_id: string;
  readonly contact_name: string | null;
  readonly last_activity_at: string;
  readonly rank: number;
  /** The best passage, with the words between U+0002 and U+0003. */
  readonly passage: string;
}

/** Messages weighed for one search; more would cost time in proportion. */
const MOST_CANDIDATES = 2_000;
const MARKS = `'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=1, MaxWords=24, MinWords=8'`;

const SEARCH = statement(
  'messaging.search-conversations',
  `with words as (
     select ${wordsQuery('$2')} as query
   ), said as (
     select m.conversation_id, m.id, ts_rank(m.search, words.query) as rank from words, messaging.messages m
     where m.workspace_id = $1 and m.search @@ words.query and m.deleted_at is null limit ${MOST_CANDIDATES}
   ), titled as (
     select c.id as conversation_id, null::uuid as id, 2 * ts_rank(${subjectWords('c')}, words.query) as rank from words, messaging.conversations c
     where c.workspace_id = $1 and ${subjectWords('c')} @@ words.query limit ${MOST_CANDIDATES}
   ), best as (
     select conversation_id, max(rank) as rank, (array_agg(id order by rank desc) filter (where id is not null))[1] as message_id
     from (select * from said union all select * from titled) found group by conversation_id
   )
   select c.id, c.number, c.subject, c.status, c.priority, c.channel, c.contact_id, k.name as contact_name, c.last_activity_at, best.rank,
     ts_headline('simple', coalesce((select left(m.body, 20000) from messaging.messages m where m.id = best.message_id), c.subject, ''), words.query, ${MARKS}) as passage
   from best cross join words join messaging.conversations c on c.id = best.conversation_id left join identity.contact_cards k on k.id = c.contact_id
   order by best.rank desc, c.last_activity_at desc, c.id limit $3`,
);

/** Full text over subjects and messages. */
@Injectable()
export class ConversationSearchRepository {
  constructor(private readonly database: Database) {}

  search(workspaceId: string, words: string, limit: number): Promise<FoundConversation[]> {
    return unscoped(() => this.database.rows<FoundConversation & { [column: string]: unknown }>(SEARCH, [workspaceId, words, limit]));
  }
}
