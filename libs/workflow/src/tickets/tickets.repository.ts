import { Injectable } from '@nestjs/common';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { anyOf, Database, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import type { ObjectLiteral } from 'typeorm';
import {
  TICKET_STATE_COLUMNS,
  ticketViewColumns,
  TICKET_VIEW_JOINS,
  toTicketState,
  toTicketView,
  type TicketRow,
  type TicketStateRow,
} from './ticket-row.js';
import { TicketEntity } from './ticket.entity.js';
import type { TicketPatch, TicketState, TicketView } from './ticket.view.js';

/** Row of a new ticket; the number is assigned when it is added. */
export type NewTicketRow = Pick<
  TicketState,
  | 'id'
  | 'subject'
  | 'description'
  | 'status'
  | 'priority'
  | 'typeId'
  | 'inboxId'
  | 'contactId'
  | 'conversationId'
  | 'ownsConversation'
  | 'assigneeId'
  | 'teamId'
  | 'tags'
  | 'customFields'
  | 'externalId'
  | 'createdAt'
>;

const ACCESS = inboxAccessSql('t', '$3');
const FIND = defineAccessStatement(
  statement,
  'workflow.find-ticket',
  ACCESS,
  (access) => `select ${ticketViewColumns(access === '' ? null : '$3')} from workflow.tickets t ${TICKET_VIEW_JOINS}
    where t.workspace_id = $1 and t.id = $2 ${access}`,
);
const FIND_MANY = defineAccessStatement(
  statement,
  'workflow.find-tickets',
  ACCESS,
  (access) => `select ${ticketViewColumns(access === '' ? null : '$3')} from workflow.tickets t ${TICKET_VIEW_JOINS}
    where t.workspace_id = $1 and t.id = ${anyOf('$2', 'uuid')} ${access}`,
);
const LOCK = defineAccessStatement(
  statement,
  'workflow.lock-ticket',
  ACCESS,
  (access) => `select ${TICKET_STATE_COLUMNS} from workflow.tickets t
    where t.workspace_id = $1 and t.id = $2 ${access} for update`,
);
// The row of the number counter is the last lock that a creation takes.
const ADD = statement(
  'workflow.add-ticket',
  `with counted as (
     insert into workflow.ticket_numbers as n (workspace_id, last) values ($1, 1)
       on conflict (workspace_id) do update set last = n.last + 1 returning last
   ) insert into workflow.tickets as t (id, workspace_id, number, subject, description, status, priority, type_id,
       inbox_id, contact_id, conversation_id, owns_conversation, assignee_id, team_id, tags, custom_fields, external_id,
       status_changed_at, created_at, updated_at)
     select $2, $1, counted.last, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $17
     from counted returning ${TICKET_STATE_COLUMNS}`,
);
const LIST_HIDDEN_IDS = statement(
  'workflow.list-hidden-tickets',
  'select id from workflow.tickets where workspace_id = $1 and id = any($2) and inbox_id = any($3)',
);
const LIST_IDS = {
  team: idsStatement('team', 't.team_id = $2'),
  inbox: idsStatement('inbox', 't.inbox_id = $2'),
  type: idsStatement('type', 't.type_id = $2'),
  customStatus: idsStatement('custom-status', 't.custom_status_id = $2'),
  assignee: idsStatement('assignee', `t.assignee_id = $2 and t.status in ('open', 'pending')`),
  conversation: idsStatement('conversation', 't.conversation_id = $2'),
  /** Tickets of a conversation that reopen when the contact writes. */
  waitingForContact: idsStatement(
    'waiting-conversation',
    `t.conversation_id = $2 and t.status in ('pending', 'resolved') and t.merged_into is null`,
  ),
};

const LIST_MOVED_IDS = statement(
  'workflow.list-tickets-moved-from-conversation',
  `select t.id from workflow.tickets t
    where t.workspace_id = $1 and t.conversation_id = $3 and t.moved_from_conversation_id = $2 order by t.id`,
);

/** Objects by which tickets are found in pages of 500. */
export type TicketOwner = keyof typeof LIST_IDS;

function idsStatement(name: string, condition: string) {
  return statement(
    `workflow.list-tickets-of-${name}`,
    `select t.id from workflow.tickets t where t.workspace_id = $1 and ${condition} order by t.id limit 500`,
  );
}

/** Rows of `workflow.tickets`. Finds and locks only tickets that the caller can see. */
@Injectable()
export class TicketsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, id: string): Promise<TicketView | null> {
    const row = await this.database.row<TicketRow & Record<string, unknown>>(...limitToAccess(FIND, [workspaceId, id]));
    return row && toTicketView(row);
  }

  /** Returns the existing tickets of the given IDs, in no particular order. */
  async findMany(workspaceId: string, ids: readonly string[]): Promise<TicketView[]> {
    const query = limitToAccess(FIND_MANY, [workspaceId, ids]);
    return (await this.database.rows<TicketRow & Record<string, unknown>>(...query)).map(toTicketView);
  }

  /** Locks the ticket until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<TicketState | null> {
    const query = limitToAccess(LOCK, [workspaceId, id]);
    const row = await this.database.row<TicketStateRow & Record<string, unknown>>(...query);
    return row && toTicketState(row);
  }

  /** Returns which of these tickets are in one of the inboxes. */
  async listHiddenIds(
    workspaceId: string,
    ids: readonly string[],
    hiddenInboxIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ id: string }>(LIST_HIDDEN_IDS, [workspaceId, ids, hiddenInboxIds]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Returns the ID of the ticket with an external ID, or null. */
  async findIdByExternalId(workspaceId: string, externalId: string): Promise<string | null> {
    const found = await this.database
      .repository(TicketEntity)
      .findOne({ select: { id: true }, where: { workspaceId, externalId } });
    return found?.id ?? null;
  }

  /** Fails on `tickets_external` if the external ID is used. */
  async add(workspaceId: string, ticket: NewTicketRow): Promise<TicketState> {
    const row = await this.database.row<TicketStateRow & Record<string, unknown>>(ADD, [
      workspaceId,
      ticket.id,
      ticket.subject,
      ticket.description,
      ticket.status,
      ticket.priority,
      ticket.typeId,
      ticket.inboxId,
      ticket.contactId,
      ticket.conversationId,
      ticket.ownsConversation,
      ticket.assigneeId,
      ticket.teamId,
      ticket.tags,
      JSON.stringify(ticket.customFields),
      ticket.externalId,
      ticket.createdAt,
    ]);
    return toTicketState(row!);
  }

  /** Writes the fields of the patch, all of which differ from the stored values. */
  async update(workspaceId: string, id: string, patch: TicketPatch, now: string): Promise<void> {
    const { customFields, ...fields } = patch;
    const columns = { ...fields, ...(customFields && { customFields: customFields as ObjectLiteral }) };
    await this.database.repository(TicketEntity).update({ workspaceId, id }, { ...columns, updatedAt: now });
  }

  /** Returns the IDs of up to 500 tickets of an object; of an assignee, only unresolved ones. */
  async listIdsOf(workspaceId: string, owner: TicketOwner, ownerId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_IDS[owner], [workspaceId, ownerId])).map(({ id }) => id);
  }

  /** Returns the IDs of the tickets that moved with a conversation that was merged into another one. */
  async listIdsMovedFrom(workspaceId: string, sourceId: string, targetId: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(LIST_MOVED_IDS, [workspaceId, sourceId, targetId]);
    return rows.map(({ id }) => id);
  }
}
