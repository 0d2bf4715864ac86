import { columnsOf } from '@parley/kernel/database';
import type { NamedRef } from '@parley/messaging';
import { inboxAccessSql } from '@parley/teams';
import { pick } from 'es-toolkit';
import { TicketEntity } from './ticket.entity.js';
import type { TicketState, TicketView } from './ticket.view.js';

const FIELDS = [
  'id',
  'number',
  'subject',
  'description',
  'status',
  'customStatusId',
  'statusChangedAt',
  'priority',
  'typeId',
  'inboxId',
  'contactId',
  'conversationId',
  'ownsConversation',
  'movedFromConversationId',
  'assigneeId',
  'teamId',
  'tags',
  'customFields',
  'externalId',
  'mergedInto',
  'resolvedAt',
  'closedAt',
  'reopenCount',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Columns of a ticket. The SQL uses the table alias `t`. */
export type TicketStateRow = Pick<TicketEntity, (typeof FIELDS)[number]>;

/** Row of a ticket joined with the names of the objects that it refers to. */
export interface TicketRow extends TicketStateRow {
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly assigneeName: string | null;
  readonly teamName: string | null;
  readonly inboxName: string | null;
  readonly typeName: string | null;
  readonly customStatusName: string | null;
  /** Only in statements that are limited to the access of the caller. */
  readonly isMergeTargetHidden?: boolean | null;
}

export const TICKET_STATE_COLUMNS = columnsOf(TicketEntity, 't', FIELDS);

const TICKET_VIEW_COLUMNS = `${TICKET_STATE_COLUMNS}, contact.name as "contactName",
  contact.email as "contactEmail", assignee.name as "assigneeName", team.name as "teamName", inbox.name as "inboxName",
  ticket_type.name as "typeName", custom_status.name as "customStatusName"`;

/** Columns of a {@link TicketRow}. @param hidden parameter of the inboxes that are hidden from the caller, if any. */
export function ticketViewColumns(hidden: string | null): string {
  return hidden === null
    ? TICKET_VIEW_COLUMNS
    : `${TICKET_VIEW_COLUMNS}, (select not ${inboxAccessSql('target', hidden)} from workflow.tickets target
        where target.id = t.merged_into) as "isMergeTargetHidden"`;
}

export const TICKET_VIEW_JOINS = `left join identity.contact_cards contact on contact.id = t.contact_id
  left join teams.user_cards assignee on assignee.id = t.assignee_id
  left join teams.team_cards team on team.id = t.team_id
  left join teams.inbox_cards inbox on inbox.id = t.inbox_id
  left join workflow.ticket_types ticket_type on ticket_type.id = t.type_id
  left join workflow.ticket_statuses custom_status on custom_status.id = t.custom_status_id`;

export function toTicketState(row: TicketStateRow): TicketState {
  return pick(row, [...FIELDS]);
}

export function toTicketView(row: TicketRow): TicketView {
  return {
    ...toTicketState(row),
    contact: { id: row.contactId, name: row.contactName, email: row.contactEmail },
    assignee: toRef(row.assigneeId, row.assigneeName),
    team: toRef(row.teamId, row.teamName),
    inbox: toRef(row.inboxId, row.inboxName),
    type: toRef(row.typeId, row.typeName),
    customStatus: toRef(row.customStatusId, row.customStatusName),
    ...(row.isMergeTargetHidden && { isMergeTargetHidden: true }),
  };
}

function toRef(id: string | null, name: string | null): NamedRef | null {
  return id === null ? null : { id, name };
}
