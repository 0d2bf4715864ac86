import { Injectable } from '@nestjs/common';
import { tagKey, tagNamesSql } from '@parley/identity';
import { withSystemScope } from '@parley/kernel';
import { createBinder, composedStatement, Database, type Bind } from '@parley/kernel/database';
import { compileFilter, type ValidFilter } from '@parley/kernel/filter';
import {
  anyOfCondition,
  rangeConditions,
  ListReader,
  timeConditions,
  type ListQuery,
  type OrderKey,
  type Page,
  type PageRequest,
} from '@parley/kernel/pagination';
import { accessConditions } from '@parley/teams';
import { textCondition } from '../search/text-search-sql.js';
import { type ConversationRow, toView, viewColumns, VIEW_JOINS } from './conversation-row.js';
import { CONVERSATION_FILTER_FIELDS } from './conversation-fields.js';
import type { ConversationView } from './conversation.view.js';
import type { ConversationOrder, ConversationsFilter } from './conversations-filter.js';

/** Rank of a priority; 1 is the least urgent. An index uses the same expression. */
const PRIORITY_RANK = `array_position(array['none', 'low', 'normal', 'high', 'urgent'], c.priority)`;

const ID: OrderKey = { sql: 'c.id', type: 'uuid' };
const timestampKey = (column: string): OrderKey => ({ sql: `c.${column}`, type: 'timestamptz' });

/** Sort keys. Each order has an index. */
const ORDERS: Readonly<Record<ConversationOrder, readonly OrderKey[]>> = {
  last_activity_at: [timestampKey('last_activity_at'), ID],
  created_at: [timestampKey('created_at'), ID],
  updated_at: [timestampKey('updated_at'), ID],
  waiting_since: [timestampKey('waiting_since'), ID],
  priority: [{ sql: PRIORITY_RANK, type: 'int' }, timestampKey('last_activity_at'), ID],
};

/** Tables that rich filters refer to. */
const FILTERED_FROM = 'messaging.conversations c left join identity.contact_cards contact on contact.id = c.contact_id';

function teamIdsSql(user: string): string {
  return `select m.team_id from teams.team_member_cards m where m.workspace_id = $1 and m.user_id = ${user}`;
}

function conditions(filter: ConversationsFilter, bind: Bind): string[] {
  const where: string[] = [];
  // A single value is compared with "=", so that the index returns rows in order.
  const among = (column: string, values: readonly string[] | undefined): void => {
    if (values) where.push(values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)})`);
  };
  among('c.status', filter.status);
  among('c.priority', filter.priority);
  among('c.channel', filter.channel);
  if (filter.assignees) where.push(anyOfCondition('c.assignee_id', filter.assignees, bind));
  if (filter.teams)
    where.push(
      anyOfCondition(
        'c.team_id',
        filter.teams,
        bind,
        filter.teamsOfUserId ? [`c.team_id = any(array(${teamIdsSql(bind(filter.teamsOfUserId))}))`] : [],
      ),
    );
  if (filter.inboxes) where.push(anyOfCondition('c.inbox_id', filter.inboxes, bind));
  if (filter.participants)
    where.push(
      `exists (select 1 from messaging.participants p
        where p.conversation_id = c.id and p.user_id = any(${bind(filter.participants)}))`,
    );
  among('c.contact_id', filter.contacts);
  if (filter.externalId !== undefined) where.push(`c.external_id = ${bind(filter.externalId)}`);
  if (filter.tags) where.push(`c.tags && ${tagNamesSql(bind(filter.tags.map(tagKey)))}`);
  if (filter.unread !== undefined) where.push(filter.unread ? 'c.unread_count > 0' : 'c.unread_count = 0');
  if (filter.unattended !== undefined) where.push(`c.waiting_since is ${filter.unattended ? 'not null' : 'null'}`);
  return [
    ...where,
    ...timeConditions(filter, 'c', bind),
    ...rangeConditions('c.last_activity_at', filter.activeAfter, filter.activeBefore, bind),
  ];
}

/** Pages of conversations that the caller can see, read in one statement each over keyset indexes. */
@Injectable()
export class ConversationListsRepository {
  constructor(
    private readonly lists: ListReader,
    private readonly database: Database,
  ) {}

  list(
    workspaceId: string,
    filter: ConversationsFilter,
    orderBy: ConversationOrder,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const access = accessConditions('c', bind);
    const hidden = access.length === 0 ? null : `$${values.length}`;
    const where = ['c.workspace_id = $1', ...access, ...conditions(filter, bind)];
    const search = filter.q === undefined ? {} : { search: textCondition(filter.q, bind) };
    const read = (): Promise<Page<ConversationView>> =>
      this.read({ countFrom: 'messaging.conversations c', where, ...search, values, request }, orderBy, hidden);
    return filter.tags || filter.q !== undefined ? withSystemScope(read) : read();
  }

  /** Returns a page of the conversations that match a rich filter. */
  filter(
    workspaceId: string,
    filter: ValidFilter,
    now: Date,
    orderBy: ConversationOrder,
    request: PageRequest,
  ): Promise<Page<ConversationView>> {
    const values: unknown[] = [workspaceId];
    const access = accessConditions('c', createBinder(values));
    const hidden = access.length === 0 ? null : `$${values.length}`;
    const where = [
      'c.workspace_id = $1',
      ...access,
      compileFilter(filter, CONVERSATION_FILTER_FIELDS, values, { now }),
    ];
    return withSystemScope(() => this.read({ countFrom: FILTERED_FROM, where, values, request }, orderBy, hidden));
  }

  /**
   * Returns the ids of at most `limit` conversations that match a rich filter, sorted by id; limited to `among` if it
   * is not null.
   */
  async listIds(
    workspaceId: string,
    filter: ValidFilter,
    now: Date,
    limit: number,
    among: readonly string[] | null,
  ): Promise<string[]> {
    const values: unknown[] = [workspaceId, limit];
    const idCondition = among === null ? '' : `and c.id = any($${values.push(among)})`;
    const where = [
      ...accessConditions('c', createBinder(values)),
      compileFilter(filter, CONVERSATION_FILTER_FIELDS, values, { now }),
    ].join(' and ');
    const query = composedStatement(
      'messaging.list-conversation-ids',
      `select c.id from ${FILTERED_FROM} where c.workspace_id = $1 ${idCondition} and ${where} order by c.id limit $2`,
    );
    return (await withSystemScope(() => this.database.rows<{ id: string }>(query, values))).map(({ id }) => id);
  }

  /** Counts the conversations that match each filter, up to `limit` each, in one statement. */
  async countMany(workspaceId: string, filters: readonly ValidFilter[], now: Date, limit: number): Promise<number[]> {
    if (filters.length === 0) return [];
    const values: unknown[] = [workspaceId, limit];
    const access = accessConditions('c', createBinder(values)).map((condition) => `${condition} and `);
    const countQueries = filters.map(
      (filter) =>
        `(select count(*)::int from (select 1 from ${FILTERED_FROM}
          where c.workspace_id = $1 and ${access.join('')}${compileFilter(filter, CONVERSATION_FILTER_FIELDS, values, { now })}
          limit $2) matching)`,
    );
    const query = composedStatement(
      'messaging.count-conversations',
      `select array[${countQueries.join(', ')}] as counts`,
    );
    return (await withSystemScope(() => this.database.row<{ counts: number[] }>(query, values)))!.counts;
  }

  private read(
    query: Pick<ListQuery, 'countFrom' | 'where' | 'search' | 'values' | 'request'>,
    orderBy: ConversationOrder,
    hidden: string | null,
  ): Promise<Page<ConversationView>> {
    const where = orderBy === 'waiting_since' ? [...query.where, 'c.waiting_since is not null'] : query.where;
    const from = `messaging.conversations c ${VIEW_JOINS}`;
    return this.lists.read<ConversationRow, ConversationView>(
      {
        ...query,
        domain: 'messaging.list-conversations',
        select: viewColumns(hidden),
        from,
        where,
        order: ORDERS[orderBy],
      },
      toView,
    );
  }
}
