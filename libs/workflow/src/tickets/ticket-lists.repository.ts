import { Injectable } from '@nestjs/common';
import { tagKey, tagNamesSql } from '@parley/identity';
import { withSystemScope } from '@parley/kernel';
import { createBinder, type Bind } from '@parley/kernel/database';
import {
  anyOfCondition,
  ListReader,
  timeConditions,
  type OrderKey,
  type Page,
  type PageRequest,
} from '@parley/kernel/pagination';
import { parseSearchQuery, toTsquery } from '@parley/kernel/search';
import { accessConditions } from '@parley/teams';
import { ticketViewColumns, TICKET_VIEW_JOINS, toTicketView, type TicketRow } from './ticket-row.js';
import type { TicketOrder, TicketsFilter, TicketView } from './ticket.view.js';

/** Rank of a priority; 1 is the least urgent. An index uses the same expression. */
const PRIORITY_RANK = `array_position(array['none', 'low', 'normal', 'high', 'urgent'], t.priority)`;

const ID: OrderKey = { sql: 't.id', type: 'uuid' };
const CREATED_AT: OrderKey = { sql: 't.created_at', type: 'timestamptz' };

/** Sort keys. Each order has an index. */
const ORDERS: Readonly<Record<TicketOrder, readonly OrderKey[]>> = {
  created_at: [CREATED_AT, ID],
  updated_at: [{ sql: 't.updated_at', type: 'timestamptz' }, ID],
  priority: [{ sql: PRIORITY_RANK, type: 'int' }, CREATED_AT, ID],
};

function conditions(filter: TicketsFilter, bind: Bind): string[] {
  const where: string[] = [];
  // A single value is compared with "=", so that the index returns rows in order.
  const among = (column: string, values: readonly string[] | undefined): void => {
    if (values) where.push(values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)})`);
  };
  among('t.status', filter.status);
  among('t.priority', filter.priority);
  among('t.contact_id', filter.contacts);
  among('t.conversation_id', filter.conversations);
  among('t.custom_status_id', filter.customStatuses);
  if (filter.assignees) where.push(anyOfCondition('t.assignee_id', filter.assignees, bind));
  if (filter.teams) where.push(anyOfCondition('t.team_id', filter.teams, bind));
  if (filter.inboxes) where.push(anyOfCondition('t.inbox_id', filter.inboxes, bind));
  if (filter.types) where.push(anyOfCondition('t.type_id', filter.types, bind));
  if (filter.externalId !== undefined) where.push(`t.external_id = ${bind(filter.externalId)}`);
  if (filter.tags) where.push(`t.tags && ${tagNamesSql(bind(filter.tags.map(tagKey)))}`);
  if (filter.q !== undefined) where.push(textCondition(filter.q, bind));
  return [...where, ...timeConditions(filter, 't', bind)];
}

/** SQL: true for the ticket with a number such as `#42`, or with the words of a text. */
function textCondition(text: string, bind: Bind): string {
  const number = parseTicketNumber(text);
  const query = parseSearchQuery(text);
  const matches = [
    ...(number === null ? [] : [`t.number = ${bind(number)}`]),
    ...(query === null ? [] : [`t.search @@ ${bind(toTsquery(query))}::tsquery`]),
  ];
  return matches.length === 0 ? 'false' : `(${matches.join(' or ')})`;
}

/** The number in a text such as `42` or `#42`, or null. */
export function parseTicketNumber(text: string): number | null {
  const [, digits] = /^\s*#?(\d{1,15})\s*$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Pages of tickets that the caller can see, read in one statement each over keyset indexes. */
@Injectable()
export class TicketListsRepository {
  constructor(private readonly lists: ListReader) {}

  list(
    workspaceId: string,
    filter: TicketsFilter,
    orderBy: TicketOrder,
    request: PageRequest,
  ): Promise<Page<TicketView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const access = accessConditions('t', bind);
    const hidden = `$${values.length}`;
    const where = ['t.workspace_id = $1', ...access, ...conditions(filter, bind)];
    const read = (): Promise<Page<TicketView>> =>
      this.lists.read<TicketRow & Record<string, unknown>, TicketView>(
        {
          domain: 'workflow.list-tickets',
          select: ticketViewColumns(access.length === 0 ? null : hidden),
          from: `workflow.tickets t ${TICKET_VIEW_JOINS}`,
          countFrom: 'workflow.tickets t',
          where,
          values,
          request,
          order: ORDERS[orderBy],
        },
        toTicketView,
      );
    return filter.tags || filter.q !== undefined ? withSystemScope(read) : read();
  }
}
