import { Injectable } from '@nestjs/common';
import { composedStatement, Database, unscoped, type SearchFilter } from '@parley/kernel';
import {
  AMONG,
  glanceSql,
  MARKS,
  moreSaid,
  moreTitled,
  saidCandidates,
  titledCandidates,
  type SearchGround,
} from './candidates-sql.js';
import type { Glance, SearchPlan } from './completed-query.js';

/** What each thing found tells of all that was. */
interface Counted {
  readonly [column: string]: unknown;
  /** How many were found. */
  readonly total: number;
  /** Whether there may be more that were not weighed. */
  readonly more: boolean;
}

/** A conversation found by its words. */
export interface FoundConversation extends Counted {
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly status: string;
  readonly priority: string;
  readonly channel: string;
  readonly contact_id: string;
  readonly contact_name: string | null;
  readonly contact_email: string | null;
  readonly last_activity_at: string;
  readonly rank: number;
  /** The best passage, with the words between U+0002 and U+0003; null where it is the contact that was found. */
  readonly passage: string | null;
}

/** A message found by its words. */
export interface FoundMessage extends Counted {
  readonly id: string;
  readonly conversation_id: string;
  readonly conversation_number: number;
  readonly conversation_subject: string | null;
  readonly type: string;
  readonly author_type: string;
  readonly author_name: string | null;
  readonly created_at: string;
  readonly rank: number;
  readonly passage: string;
}

/** What to look for. */
export interface WordSearch {
  readonly plan: SearchPlan;
  readonly filter: SearchFilter;
  readonly now: Date;
  readonly limit: number;
  /** The number of a conversation that the words may be. */
  readonly number: number | null;
}

/** A contact whose conversations are found with the others, and how well the words meet them, from 0 to 1. */
export interface MetContact {
  readonly id: string;
  readonly rank: number;
}

/** Contacts whose conversations are looked up when the words are their name or address. */
export const MOST_CONTACTS = 20;

/** Conversations of one contact among those found by name or address. */
const MOST_OF_CONTACT = 5;

/** Who names a conversation by its number means that one. */
const BY_NUMBER = 10;

const BEGUN = '($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)';

const conversationsSql = (ground: SearchGround): string => `
  with ${saidCandidates(ground)}, ${titledCandidates(ground)}, theirs as materialized (
    select latest.id, latest.place, 0.1 * met.rank * latest.freshness as score from unnest($11::uuid[], $12::float8[]) met (id, rank) cross join lateral (
      select c.id, row_number() over (order by c.last_activity_at desc) as place, 0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - c.last_activity_at))::float8 / 7776000) as freshness
      from messaging.conversations c where c.workspace_id = $1 and c.contact_id = met.id and ${BEGUN} order by c.last_activity_at desc limit ${MOST_OF_CONTACT}
    ) latest
  ), best as materialized (
    select distinct on (found.conversation_id) found.* from (
      select conversation_id, id as message_id, false as by_contact, score from said
      union all select id, null, false, score from titled
      union all select id, null, true, score from theirs
      union all select c.id, null, false, ${BY_NUMBER} from messaging.conversations c where c.workspace_id = $1 and c.number = $13 and ${BEGUN}
    ) found order by found.conversation_id, found.score desc
  ), shown as materialized (
    select c.id, c.number, c.subject, c.status, c.priority, c.channel, c.contact_id, c.last_activity_at, best.score as rank, best.message_id, best.by_contact, count(*) over ()::int as total
    from best join messaging.conversations c on c.id = best.conversation_id where ${AMONG} order by best.score desc, c.last_activity_at desc, c.id limit $10
  )
  select shown.total, ${moreSaid(ground)} or ${moreTitled(ground)} or (select coalesce(max(place), 0) from theirs) >= ${MOST_OF_CONTACT} or cardinality($11::uuid[]) >= ${MOST_CONTACTS} as more, shown.id, shown.number, shown.subject, shown.status, shown.priority, shown.channel, shown.contact_id, k.name as contact_name, k.email as contact_email, shown.last_activity_at, shown.rank,
    case when not shown.by_contact then
      ts_headline('simple', coalesce((select left(m.body, 20000) from messaging.messages m where m.id = shown.message_id), shown.subject, ''), coalesce(words.query, ''), ${MARKS}) end as passage
  from words, shown left join identity.contact_cards k on k.id = shown.contact_id order by shown.rank desc, shown.last_activity_at desc, shown.id`;

const messagesSql = (ground: SearchGround): string => `
  with ${saidCandidates(ground)}, shown as materialized (
    select said.id, said.conversation_id, c.number as conversation_number, c.subject as conversation_subject, said.score as rank, count(*) over ()::int as total
    from said join messaging.conversations c on c.id = said.conversation_id where ${AMONG} order by said.score desc, said.id desc limit $10
  )
  select shown.*, ${moreSaid(ground)} as more, m.type, m.author_type, m.author_name, m.created_at, ts_headline('simple', left(m.body, 20000), words.query, ${MARKS}) as passage
  from words, shown join messaging.messages m on m.id = shown.id order by shown.rank desc, shown.id desc`;

/** Full text over subjects and messages, notes among them. */
@Injectable()
export class ConversationSearchRepository {
  constructor(private readonly database: Database) {}

  /** What the newest messages say about words. */
  async glance(workspaceId: string, words: string, before: string | undefined): Promise<Glance> {
    const query = composedStatement('messaging.glance-at-words', glanceSql(words));
    return (await unscoped(() =>
      this.database.row<Glance & { readonly [column: string]: unknown }>(query, [workspaceId, words, before ?? null]),
    ))!;
  }

  /** Conversations by subject, by what was said in them, and those of the contacts met, best first. */
  conversations(workspaceId: string, search: WordSearch, met: readonly MetContact[]): Promise<FoundConversation[]> {
    const query = composedStatement('messaging.search-conversations', conversationsSql(groundOf(search)));
    return unscoped(() =>
      this.database.rows<FoundConversation>(query, [
        ...parameters(workspaceId, search),
        met.map(({ id }) => id),
        met.map(({ rank }) => rank),
        search.number,
      ]),
    );
  }

  /** Messages by their words, best first. */
  messages(workspaceId: string, search: WordSearch): Promise<FoundMessage[]> {
    const query = composedStatement('messaging.search-messages', messagesSql(groundOf(search)));
    return unscoped(() => this.database.rows<FoundMessage>(query, parameters(workspaceId, search)));
  }
}

function groundOf({ plan, filter }: WordSearch): SearchGround {
  if (filter.contact !== undefined) return 'contact';
  return plan.common ? 'common' : 'rare';
}

function parameters(workspaceId: string, { plan, filter, now, limit }: WordSearch): unknown[] {
  const { status, inbox, assignee, contact, createdAfter, createdBefore } = filter;
  return [
    workspaceId,
    plan.query,
    now,
    createdAfter ?? null,
    createdBefore ?? null,
    status ?? null,
    inbox ?? null,
    assignee ?? null,
    contact ?? null,
    limit,
  ];
}
