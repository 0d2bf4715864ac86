import { Injectable } from '@nestjs/common';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { Database, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import type { TicketStatus } from '../tickets/ticket.view.js';
import { TicketLinkEntity } from './ticket-link.entity.js';
import {
  linkTypeOf,
  MAX_TICKET_ANCESTORS,
  MAX_TICKET_LINKS,
  type TicketLinkKind,
  type TicketLinkPair,
  type TicketLinkView,
} from './ticket-link.view.js';

interface LinkRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly kind: TicketLinkKind;
  readonly sourceId: string;
  readonly targetId: string;
  readonly ticketId: string;
  readonly number: number;
  readonly subject: string;
  readonly status: TicketStatus;
  readonly createdAt: string;
}

const LIST = defineAccessStatement(
  statement,
  'workflow.list-ticket-links',
  inboxAccessSql('t', '$3'),
  (access) => `select l.id, l.kind, l.source_id as "sourceId", l.target_id as "targetId", t.id as "ticketId", t.number,
     t.subject, t.status, l.created_at as "createdAt"
   from workflow.ticket_links l
     join workflow.tickets t on t.id = case when l.source_id = $2 then l.target_id else l.source_id end
   where l.workspace_id = $1 and (l.source_id = $2 or l.target_id = $2) ${access}
   order by l.created_at, l.id limit ${MAX_TICKET_LINKS}`,
);
const COUNT = statement(
  'workflow.count-ticket-links',
  `select count(*)::int as count from workflow.ticket_links l
    where l.workspace_id = $1 and (l.source_id = any($2) or l.target_id = any($2))`,
);
// Locks in ID order, which prevents deadlocks.
const LOCK_TICKETS = statement(
  'workflow.lock-linked-tickets',
  `select t.id from workflow.tickets t where t.workspace_id = $1 and t.id = any($2) order by t.id for update`,
);
const LIST_ANCESTORS = statement(
  'workflow.list-ticket-ancestors',
  `with recursive ancestors (id, depth) as (
     select $2::uuid, 0
     union all
     select l.target_id, a.depth + 1 from ancestors a
       join workflow.ticket_links l on l.source_id = a.id and l.kind = 'child' and l.workspace_id = $1
      where a.depth <= ${MAX_TICKET_ANCESTORS}
   ) select id from ancestors`,
);

/** Rows of `workflow.ticket_links`. */
@Injectable()
export class TicketLinksRepository {
  constructor(private readonly database: Database) {}

  /** Returns the links of a ticket to tickets that the caller can see, oldest first. */
  async list(workspaceId: string, ticketId: string): Promise<TicketLinkView[]> {
    const rows = await this.database.rows<LinkRow>(...limitToAccess(LIST, [workspaceId, ticketId]));
    return rows.map((row) => ({
      id: row.id,
      type: linkTypeOf(row, ticketId),
      ticket: { id: row.ticketId, number: row.number, subject: row.subject, status: row.status },
      createdAt: row.createdAt,
    }));
  }

  /** Locks the tickets until the transaction ends. */
  async lockTickets(workspaceId: string, ids: readonly string[]): Promise<void> {
    await this.database.execute(LOCK_TICKETS, [workspaceId, ids]);
  }

  /** Number of links of any of the tickets. */
  async count(workspaceId: string, ticketIds: readonly string[]): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT, [workspaceId, ticketIds]))!.count;
  }

  /** Returns the ticket and its ancestors, nearest first; at most one more than the maximum. */
  async listAncestors(workspaceId: string, ticketId: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(LIST_ANCESTORS, [workspaceId, ticketId]);
    return rows.map(({ id }) => id);
  }

  /** Fails on `ticket_links_pair` if the link exists, and on `ticket_links_parent` if the child has a parent. */
  async add(workspaceId: string, id: string, pair: TicketLinkPair, createdAt: string): Promise<void> {
    await this.database.repository(TicketLinkEntity).insert({ workspaceId, id, ...pair, createdAt });
  }

  /** Deletes the link. Returns false if it does not exist. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { affected } = await this.database.repository(TicketLinkEntity).delete({ workspaceId, id });
    return affected === 1;
  }
}
