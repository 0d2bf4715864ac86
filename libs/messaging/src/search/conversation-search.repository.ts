import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { composedStatement, Database } from '@parley/kernel/database';
import type { SearchFilter } from '@parley/kernel/search';
import {
  FILTER_CONDITION,
  sampleStatsSql,
  HEADLINE_OPTIONS,
  hasMoreMessagesSql,
  hasMoreSubjectsSql,
  messageCandidatesSql,
  subjectCandidatesSql,
  type SearchScope,
} from './candidates-sql.js';
import type { SampleStats, SearchPlan } from './search-plan.js';

/** What each thing found tells of all that was. */
interface WithTotals {
  readonly [column: string]: unknown;
  /** How many were found. */
  readonly total: number;
  /** Whether there may be more that were not weighed. */
  readonly more: boolean;
}

/** A conversation found by its words. */
export interface FoundConversation extends WithTotals {
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
export interface FoundMessage extends WithTotals {
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
export interface ConversationSearchQuery {
  readonly plan: SearchPlan;
  readonly filter: SearchFilter;
  readonly now: Date;
  readonly limit: number;
  /** The number of a conversation that the words may be. */
  readonly number: number | null;
}

/** A contact whose conversations are found with the others, and how well the words meet them, from 0 to 1. */
export interface MatchedContact {
  readonly id: string;
  readonly rank: number;
}

/** Contacts whose conversations are looked up when the words are their name or address. */
export const MAX_CONTACTS = 20;

/** Conversations of one contact among those found by name or address. */
const MAX_CONVERSATIONS_PER_CONTACT = 5;

/** Who names a conversation by its number means that one. */
const NUMBER_MATCH_SCORE = 10;

const CREATED_CONDITION =
  '($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)';

const conversationsSql = (scope: SearchScope): string => `
  with ${messageCandidatesSql(scope)}, ${subjectCandidatesSql(scope)}, theirs as materialized (
    select latest.id, latest.place, 0.1 * met.rank * latest.freshness as score from unnest($11::uuid[], $12::float8[]) met (id, rank) cross join lateral (
      select c.id, row_number() over (order by c.last_activity_at desc) as place, 0.5 + 0.5 / (1 + greatest(0, extract(epoch from $3::timestamptz - c.last_activity_at))::float8 / 7776000) as freshness
      from messaging.conversations c where c.workspace_id = $1 and c.contact_id = met.id and ${CREATED_CONDITION} order by c.last_activity_at desc limit ${MAX_CONVERSATIONS_PER_CONTACT}
    ) latest
  ), best as materialized (
    select distinct on (found.conversation_id) found.* from (
      select conversation_id, id as message_id, false as by_contact, score from said
      union all select id, null, false, score from titled
      union all select id, null, true, score from theirs
      union all select c.id, null, false, ${NUMBER_MATCH_SCORE} from messaging.conversations c where c.workspace_id = $1 and c.number = $13 and ${CREATED_CONDITION}
    ) found order by found.conversation_id, found.score desc
  ), shown as materialized (
    select c.id, c.number, c.subject, c.status, c.priority, c.channel, c.contact_id, c.last_activity_at, best.score as rank, best.message_id, best.by_contact, count(*) over ()::int as total
    from best join messaging.conversations c on c.id = best.conversation_id where ${FILTER_CONDITION} order by best.score desc, c.last_activity_at desc, c.id limit $10
  )
  select shown.total, ${hasMoreMessagesSql(scope)} or ${hasMoreSubjectsSql(scope)} or (select coalesce(max(place), 0) from theirs) >= ${MAX_CONVERSATIONS_PER_CONTACT} or cardinality($11::uuid[]) >= ${MAX_CONTACTS} as more, shown.id, shown.number, shown.subject, shown.status, shown.priority, shown.channel, shown.contact_id, k.name as contact_name, k.email as contact_email, shown.last_activity_at, shown.rank,
    case when not shown.by_contact then
      ts_headline('simple', coalesce((select left(m.body, 20000) from messaging.messages m where m.id = shown.message_id), shown.subject, ''), coalesce(words.query, ''), ${HEADLINE_OPTIONS}) end as passage
  from words, shown left join identity.contact_cards k on k.id = shown.contact_id order by shown.rank desc, shown.last_activity_at desc, shown.id`;

const messagesSql = (scope: SearchScope): string => `
  with ${messageCandidatesSql(scope)}, shown as materialized (
    select said.id, said.conversation_id, c.number as conversation_number, c.subject as conversation_subject, said.score as rank, count(*) over ()::int as total
    from said join messaging.conversations c on c.id = said.conversation_id where ${FILTER_CONDITION} order by said.score desc, said.id desc limit $10
  )
  select shown.*, ${hasMoreMessagesSql(scope)} as more, m.type, m.author_type, m.author_name, m.created_at, ts_headline('simple', left(m.body, 20000), words.query, ${HEADLINE_OPTIONS}) as passage
  from words, shown join messaging.messages m on m.id = shown.id order by shown.rank desc, shown.id desc`;

/** Full text over subjects and messages, notes among them. */
@Injectable()
export class ConversationSearchRepository {
  constructor(private readonly database: Database) {}

  /** What the newest messages say about words. */
  async getSampleStats(workspaceId: string, text: string, before: string | undefined): Promise<SampleStats> {
    const query = composedStatement('messaging.glance-at-words', sampleStatsSql(text));
    return (await withSystemScope(() =>
      this.database.row<SampleStats & { readonly [column: string]: unknown }>(query, [
        workspaceId,
        text,
        before ?? null,
      ]),
    ))!;
  }

  /** Conversations by subject, by what was said in them, and those of the contacts met, best first. */
  searchConversations(
    workspaceId: string,
    search: ConversationSearchQuery,
    contacts: readonly MatchedContact[],
  ): Promise<FoundConversation[]> {
    const query = composedStatement('messaging.search-conversations', conversationsSql(resolveScope(search)));
    return withSystemScope(() =>
      this.database.rows<FoundConversation>(query, [
        ...toParameters(workspaceId, search),
        contacts.map(({ id }) => id),
        contacts.map(({ rank }) => rank),
        search.number,
      ]),
    );
  }

  /** Messages by their words, best first. */
  searchMessages(workspaceId: string, search: ConversationSearchQuery): Promise<FoundMessage[]> {
    const query = composedStatement('messaging.search-messages', messagesSql(resolveScope(search)));
    return withSystemScope(() => this.database.rows<FoundMessage>(query, toParameters(workspaceId, search)));
  }
}

function resolveScope({ plan, filter }: ConversationSearchQuery): SearchScope {
  if (filter.contact !== undefined) return 'contact';
  return plan.common ? 'common' : 'rare';
}

function toParameters(workspaceId: string, { plan, filter, now, limit }: ConversationSearchQuery): unknown[] {
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
