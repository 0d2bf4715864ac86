import { currentHiddenInboxIds } from '@parley/kernel/auth';
import type { Bind } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import type {
  ConversationState,
  ConversationStatus,
  ConversationView,
  LastMessage,
  Priority,
} from './conversation.view.js';

/** Columns of a conversation. The SQL uses the table alias `c`. */
export interface ConversationStateRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly number: number;
  readonly subject: string | null;
  readonly status: ConversationStatus;
  readonly status_changed_at: string;
  readonly priority: Priority;
  readonly channel: string;
  readonly inbox_id: string | null;
  readonly contact_id: string;
  readonly assignee_id: string | null;
  readonly team_id: string | null;
  readonly tags: string[];
  readonly custom_fields: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly snoozed_until: string | null;
  readonly waiting_since: string | null;
  readonly first_replied_at: string | null;
  readonly last_activity_at: string;
  readonly last_customer_message_at: string | null;
  readonly last_agent_reply_at: string | null;
  readonly resolved_at: string | null;
  readonly closed_at: string | null;
  readonly reopen_count: number;
  readonly message_count: number;
  readonly unread_count: number;
  readonly last_message: LastMessage | null;
  readonly external_id: string | null;
  readonly merged_into: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Row of a conversation joined with the names of its contact, assignee, team and inbox. */
export interface ConversationRow extends ConversationStateRow {
  readonly contact_name: string | null;
  readonly contact_email: string | null;
  readonly assignee_name: string | null;
  readonly team_name: string | null;
  readonly inbox_name: string | null;
  /** Only in statements that are limited to the access of the caller. */
  readonly is_merge_target_hidden?: boolean | null;
}

export const STATE_COLUMNS =
  `c.id, c.number, c.subject, c.status, c.status_changed_at, c.priority, c.channel, c.inbox_id, c.contact_id,
    c.assignee_id, c.team_id, c.tags, c.custom_fields, c.metadata, c.snoozed_until, ` +
  `c.waiting_since, c.first_replied_at, c.last_activity_at, c.last_customer_message_at, c.last_agent_reply_at,
    c.resolved_at, c.closed_at, c.reopen_count, c.message_count, ` +
  'c.unread_count, c.last_message, c.external_id, c.merged_into, c.version, c.created_at, c.updated_at';

const VIEW_COLUMNS = `${STATE_COLUMNS},
  contact.name as contact_name, contact.email as contact_email, assignee.name as assignee_name,
  team.name as team_name, inbox.name as inbox_name`;

/** Columns of a {@link ConversationRow}. @param hidden parameter of the inboxes that are hidden from the caller, if any. */
export function viewColumns(hidden: string | null): string {
  return hidden === null
    ? VIEW_COLUMNS
    : `${VIEW_COLUMNS}, (select not ${inboxAccessSql('target', hidden)} from messaging.conversations target
        where target.id = c.merged_into) as is_merge_target_hidden`;
}

export const VIEW_JOINS =
  `left join identity.contact_cards contact on contact.id = c.contact_id
    left join teams.user_cards assignee on assignee.id = c.assignee_id ` +
  'left join teams.team_cards team on team.id = c.team_id left join teams.inbox_cards inbox on inbox.id = c.inbox_id';

export function toState(row: ConversationStateRow): ConversationState {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    status: row.status,
    statusChangedAt: row.status_changed_at,
    priority: row.priority,
    channel: row.channel,
    inboxId: row.inbox_id,
    contactId: row.contact_id,
    assigneeId: row.assignee_id,
    teamId: row.team_id,
    tags: row.tags,
    customFields: row.custom_fields,
    metadata: row.metadata,
    snoozedUntil: row.snoozed_until,
    waitingSince: row.waiting_since,
    firstRepliedAt: row.first_replied_at,
    lastActivityAt: row.last_activity_at,
    lastCustomerMessageAt: row.last_customer_message_at,
    lastAgentReplyAt: row.last_agent_reply_at,
    resolvedAt: row.resolved_at,
    closedAt: row.closed_at,
    reopenCount: row.reopen_count,
    messageCount: row.message_count,
    unreadCount: row.unread_count,
    lastMessage: row.last_message,
    externalId: row.external_id,
    mergedInto: row.merged_into,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toView(row: ConversationRow): ConversationView {
  // Assigns to the state instead of spreading it into a new object: this runs for every row of every page.
  const view = toState(row) as { -readonly [Field in keyof ConversationView]: ConversationView[Field] };
  view.contact = { id: row.contact_id, name: row.contact_name, email: row.contact_email };
  view.assignee = row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name };
  view.team = row.team_id === null ? null : { id: row.team_id, name: row.team_name };
  view.inbox = row.inbox_id === null ? null : { id: row.inbox_id, name: row.inbox_name };
  if (row.is_merge_target_hidden) view.isMergeTargetHidden = true;
  return view;
}

/** SQL: true if the conversation with this ID is not in one of the hidden inboxes. */
export function accessByConversationIdSql(conversationId: string, hidden: string): string {
  return `exists (select 1 from messaging.conversations visible
    where visible.id = ${conversationId} and ${inboxAccessSql('visible', hidden)})`;
}

/** Conditions of a list for rows with the ID of a conversation that the caller can see; none if no inbox is hidden. */
export function accessConditionsByConversationId(conversationId: string, bind: Bind): string[] {
  const hidden = currentHiddenInboxIds();
  return hidden.length === 0 ? [] : [accessByConversationIdSql(conversationId, bind(hidden))];
}
