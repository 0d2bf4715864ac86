import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { composedStatement, createBinder, Database, statement } from '@parley/kernel/database';
import { toTsquery } from '@parley/kernel/search';
import { EXACT_MATCH_RANK } from '@parley/identity';
import { accessConditions } from '@parley/teams';
import {
  FILTER_CONDITION,
  NO_FILTER_CONDITION,
  PREFIX_STATS_SQL,
  hasMoreMessagesSql,
  hasMoreSubjectsSql,
  messageCandidatesSql,
  subjectCandidatesSql,
  type SearchScope,
} from './candidates-sql.js';
import type { SearchFilter } from './search-filter.js';
import type { PrefixStats, SearchPlan } from './search-plan.js';

/** Totals of a search, repeated on each row. Without matches, there is one row without an ID. */
interface WithTotals {
  readonly [column: string]: unknown;
  readonly id: string | null;
  /** Number of matches. */
  readonly total: number | null;
  /** True if there may be matches that were not scored. */
  readonly more: boolean;
}

/** Matches of a search. */
export interface FoundPage<Item> {
  readonly items: readonly (Item & { readonly id: string })[];
  readonly total: number;
  /** True if there may be matches that were not scored. */
  readonly more: boolean;
}

/** Conversation that matches a search. */
export interface FoundConversation extends WithTotals {
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
  /** Start of the body of the best message, or the subject. Null if only the contact matches. */
  readonly text: string | null;
}

/** Message that matches a search. */
export interface FoundMessage extends WithTotals {
  readonly conversation_id: string;
  readonly conversation_number: number;
  readonly conversation_subject: string | null;
  readonly type: string;
  readonly author_type: string;
  readonly author_name: string | null;
  readonly created_at: string;
  readonly rank: number;
  /** Start of the body. */
  readonly text: string;
}

/** Parameters of a search. */
export interface ConversationSearchQuery {
  readonly plan: SearchPlan;
  readonly filter: SearchFilter;
  readonly now: Date;
  readonly limit: number;
  /** Conversation number if the search text is one. */
  readonly number: number | null;
}

/** Contact that matches the search text, with its rank. Its conversations are included in the results. */
export interface MatchedContact {
  readonly id: string;
  readonly rank: number;
}

/** Maximum number of matching contacts whose conversations are included. */
export const MAX_CONTACTS = 20;

/** Maximum number of conversations per matching contact. */
const MAX_CONVERSATIONS_PER_CONTACT = 5;

/** Number of characters at the start of a message that its excerpt can come from. */
const MAX_EXCERPT_SOURCE = 20_000;

/** Score of a conversation whose number is the search text; higher than all other scores. */
const NUMBER_MATCH_SCORE = 10;

/** Score of a conversation of a contact whose address is the search text, before its age counts. */
const ADDRESS_MATCH_SCORE = 6;

const CREATED_CONDITION =
  '($4::timestamptz is null or c.created_at >= $4) and ($5::timestamptz is null or c.created_at < $5)';

const conversationsSql = (scope: SearchScope, access: string): string => `
  with ${messageCandidatesSql(scope, access)}, ${subjectCandidatesSql(scope, access)}, contact_matches as materialized (
    select latest.id, latest.position, latest.freshness * case when matched.rank >= ${EXACT_MATCH_RANK}
        then ${ADDRESS_MATCH_SCORE} else 0.1 * matched.rank end as score
      from unnest($12::uuid[], $13::float8[]) matched (id, rank) cross join lateral (
      select c.id, row_number() over (order by c.last_activity_at desc) as position,
        0.5 + 0.5 / (1 + greatest(0, extract(epoch
        from $3::timestamptz - c.last_activity_at))::float8 / 7776000) as freshness
      from messaging.conversations c where c.workspace_id = $1 and c.contact_id = matched.id and ${CREATED_CONDITION}
        ${scope === 'all' ? '' : `and ${FILTER_CONDITION} ${access}`}
        order by c.last_activity_at desc limit ${MAX_CONVERSATIONS_PER_CONTACT}
    ) latest
  ), best as materialized (
    select distinct on (found.conversation_id) found.* from (
      select conversation_id, id as message_id, false as by_contact, score from matches
      union all select id, null, false, score from subject_matches
      union all select id, null, true, score from contact_matches
      union all select c.id, null, false, ${NUMBER_MATCH_SCORE} from messaging.conversations c
        where c.workspace_id = $1 and c.number = $14 and ${CREATED_CONDITION}
    ) found order by found.conversation_id, found.score desc
  ), page as materialized (
    select c.id, c.number, c.subject, c.status, c.priority, c.channel, c.contact_id, c.last_activity_at,
      best.score as rank, best.message_id, best.by_contact, count(*) over ()::int as total
    from best join messaging.conversations c on c.id = best.conversation_id where ${FILTER_CONDITION} ${access}
      order by best.score desc, c.last_activity_at desc, c.id limit $10
  )
  select page.total, ${hasMoreMessagesSql(scope)} or ${hasMoreSubjectsSql(scope)}
    or (select coalesce(max(position), 0) from contact_matches) >= ${MAX_CONVERSATIONS_PER_CONTACT}
    or cardinality($12::uuid[]) >= ${MAX_CONTACTS} as more, page.id, page.number, page.subject, page.status,
    page.priority, page.channel, page.contact_id, k.name as contact_name, k.email as contact_email,
    page.last_activity_at, page.rank,
    case when not page.by_contact then coalesce((select left(m.body, ${MAX_EXCERPT_SOURCE}) from messaging.messages m
      where m.id = page.message_id), page.subject, '') end as text
  from (select 1) result left join page on true left join identity.contact_cards k on k.id = page.contact_id
    order by page.rank desc, page.last_activity_at desc, page.id`;

const messagesSql = (scope: SearchScope, access: string): string => `
  with ${messageCandidatesSql(scope, access)}, page as materialized (
    select matches.id, matches.conversation_id, matches.score as rank, count(*) over ()::int as total
    from matches ${scope === 'all' ? '' : `join messaging.conversations c on c.id = matches.conversation_id`}
      where ${scope === 'all' ? NO_FILTER_CONDITION : FILTER_CONDITION} ${access}
      order by matches.score desc, matches.id desc limit $10
  )
  select page.*, ${hasMoreMessagesSql(scope)} as more, c.number as conversation_number,
    c.subject as conversation_subject, m.type, m.author_type, m.author_name, m.created_at,
    left(m.body, ${MAX_EXCERPT_SOURCE}) as text
  from (select 1) result left join page on true left join messaging.messages m on m.id = page.id
    left join messaging.conversations c on c.id = page.conversation_id
    order by page.rank desc, page.id desc`;

const PREFIX_STATS = statement('messaging.sample-prefix', PREFIX_STATS_SQL);

/** Full-text search over subjects and messages, including notes. */
@Injectable()
export class ConversationSearchRepository {
  constructor(private readonly database: Database) {}

  /** Returns statistics of a prefix in the newest messages. */
  async getPrefixStats(workspaceId: string, prefix: string, before: string | undefined): Promise<PrefixStats> {
    const query = toTsquery([[{ words: [prefix], negated: false, partial: true }]]);
    return (await withSystemScope(() =>
      this.database.row<PrefixStats & { readonly [column: string]: unknown }>(PREFIX_STATS, [
        workspaceId,
        query,
        before ?? null,
        prefix,
      ]),
    ))!;
  }

  /** Searches conversations by subject, messages and matching contacts; best match first. */
  searchConversations(
    workspaceId: string,
    search: ConversationSearchQuery,
    contacts: readonly MatchedContact[],
  ): Promise<FoundPage<FoundConversation>> {
    const values = [
      ...toParameters(workspaceId, search),
      contacts.map(({ id }) => id),
      contacts.map(({ rank }) => rank),
      search.number,
    ];
    return this.search('messaging.search-conversations', conversationsSql, search, values);
  }

  /** Searches messages; best match first. */
  searchMessages(workspaceId: string, search: ConversationSearchQuery): Promise<FoundPage<FoundMessage>> {
    return this.search('messaging.search-messages', messagesSql, search, toParameters(workspaceId, search));
  }

  /**
   * Runs a search. If its filter removes all of the newest matches, searches the newest conversations that match the
   * filter.
   */
  private async search<Item extends WithTotals>(
    name: string,
    toSql: (scope: SearchScope, access: string) => string,
    { filter }: ConversationSearchQuery,
    values: unknown[],
  ): Promise<FoundPage<Item>> {
    const access = accessSql(values);
    const read = async (scope: SearchScope): Promise<FoundPage<Item>> => {
      const query = composedStatement(name, toSql(scope, access));
      return toFoundPage(await withSystemScope(() => this.database.rows<Item>(query, values)));
    };
    const scope = resolveScope(filter, access);
    const page = await read(scope);
    return scope === 'filtered' && page.items.length === 0 && page.more ? read('recent') : page;
  }
}

/** Condition on conversations `c` that the caller can see; empty if no inbox is hidden. Adds its value. */
function accessSql(values: unknown[]): string {
  return accessConditions('c', createBinder(values))
    .map((condition) => `and ${condition}`)
    .join('');
}

function toFoundPage<Item extends WithTotals>(rows: readonly Item[]): FoundPage<Item> {
  const items = rows.filter((row): row is Item & { readonly id: string } => row.id !== null);
  return { items, total: items[0]?.total ?? 0, more: rows[0]!.more };
}

function resolveScope(filter: SearchFilter, access: string): SearchScope {
  if (filter.contact !== undefined) return 'contact';
  return access !== '' || filter.status || filter.inbox !== undefined || filter.assignee !== undefined
    ? 'filtered'
    : 'all';
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
    plan.recentQuery,
  ];
}
