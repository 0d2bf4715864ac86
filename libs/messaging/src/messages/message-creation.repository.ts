import { Injectable } from '@nestjs/common';
import { currentHiddenInboxIds, defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { Database, statement } from '@parley/kernel/database';
import { inboxAccessSql } from '@parley/teams';
import {
  accessByConversationIdSql,
  type ConversationStateRow,
  STATE_COLUMNS,
  toState,
} from '../conversations/conversation-row.js';
import type { ConversationState, LastMessage } from '../conversations/conversation.view.js';
import { buildPreview } from './message-content.js';
import { MESSAGE_COLUMNS, type MessageRow } from './message-row.js';
import type { MessageView } from './message.view.js';

/** Locked conversation with the names that a new message needs. */
export interface LockedConversation {
  readonly state: ConversationState;
  readonly contactName: string | null;
  /** True if the contact is blocked. */
  readonly contactBlocked: boolean;
  /** Name of the current user; null if the actor is not a user. */
  readonly actorName: string | null;
}

/** Row of a new message. */
export type NewMessageRow = Pick<
  MessageView,
  | 'id'
  | 'conversationId'
  | 'type'
  | 'body'
  | 'bodyHtml'
  | 'contentType'
  | 'contentAttributes'
  | 'author'
  | 'attachments'
  | 'externalId'
  | 'inReplyTo'
  | 'mentions'
  | 'createdAt'
>;

const LOCK_CONVERSATION = defineAccessStatement(
  statement,
  'messaging.lock-conversation-for-message',
  inboxAccessSql('c', '$4'),
  (access) => `select ${STATE_COLUMNS}, contact.name as contact_name, contact.blocked as contact_blocked, (select u.name
    from teams.user_cards u where u.id = $3) as actor_name
   from messaging.conversations c left join identity.contact_cards contact on contact.id = c.contact_id
   where c.workspace_id = $1 and c.id = (select coalesce(s.merged_into, s.id) from messaging.conversations s
     where s.workspace_id = $1 and s.id = $2) ${access} for update of c`,
);
const ADD = statement(
  'messaging.add-message',
  `with added as (
     insert into messaging.messages as m (id, workspace_id, conversation_id, type, author_type, author_id,
       author_name, body, body_html, content_type, content_attributes, attachments,
       external_id, in_reply_to, mentions, created_at, updated_at)
     values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $22, $15, $15) returning ${MESSAGE_COLUMNS}
   ), updated as (
     update messaging.conversations set last_activity_at = $15, updated_at = $15, message_count = message_count + 1,
       last_message = $16, first_replied_at = $17, waiting_since = $18,
       unread_count = $19, last_customer_message_at = $20, last_agent_reply_at = $21, status = $24,
       status_changed_at = $25, snoozed_until = $26, resolved_at = $27, closed_at = $28, reopen_count = $29,
       version = $30, assignee_id = $31 where workspace_id = $1 and id = $3
   ), joined as (
     insert into messaging.participants (workspace_id, conversation_id, user_id, created_at) select $1, $3, follower,
       $15 from unnest($23::uuid[]) follower
     on conflict do nothing returning user_id
   ), read as (
     insert into messaging.read_states as r (workspace_id, conversation_id, user_id, read_at) select $1, $3, $6, $15
     where $4 = 'reply' and $5 = 'user'
     on conflict (conversation_id, user_id) do update set read_at = greatest(r.read_at, excluded.read_at)
   ) select m.*, array(select user_id from joined) as joined from added m`,
);
const FIND_BY_EXTERNAL_ID = statement(
  'messaging.find-message-by-external-id',
  `select m.id, ${accessByConversationIdSql('m.conversation_id', '$3')} as "isVisible"
   from messaging.messages m where m.workspace_id = $1 and m.external_id = $2`,
);
const EXISTS_IN_CONVERSATION = statement(
  'messaging.is-message-in-conversation',
  'select 1 as found from messaging.messages where workspace_id = $1 and conversation_id = $2 and id = $3',
);

/** Statements that create messages. */
@Injectable()
export class MessageCreationRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks the conversation, or the one that it is merged into, until the transaction ends. Also reads the names that a
   * message in it shows.
   */
  async lockConversation(
    workspaceId: string,
    conversationId: string,
    userId: string | null,
  ): Promise<LockedConversation | null> {
    const row = await this.database.row<
      ConversationStateRow & { contact_name: string | null; contact_blocked: boolean | null; actor_name: string | null }
    >(...limitToAccess(LOCK_CONVERSATION, [workspaceId, conversationId, userId]));
    // The conversation was merged while this statement waited for the lock.
    if (row?.merged_into != null) return this.lockConversation(workspaceId, row.merged_into, userId);
    return (
      row && {
        state: toState(row),
        contactName: row.contact_name,
        contactBlocked: row.contact_blocked ?? false,
        actorName: row.actor_name,
      }
    );
  }

  /**
   * Inserts the message, writes the new state of the conversation, adds participants, and marks the conversation as
   * read by a user who replies, in one statement. The caller must hold a lock on the conversation. Returns the ids of
   * the added participants.
   */
  async add(
    workspaceId: string,
    message: NewMessageRow,
    state: ConversationState,
    followers: readonly string[],
  ): Promise<{ message: MessageView; joined: string[] }> {
    const { author } = message;
    const last: LastMessage = {
      id: message.id,
      type: message.type,
      body: buildPreview(message.body),
      author_type: author.type,
      author_name: author.name,
      created_at: message.createdAt,
    };
    const row = await this.database.row<MessageRow & { joined: string[] }>(ADD, [
      workspaceId,
      message.id,
      message.conversationId,
      message.type,
      author.type,
      author.id,
      author.name,
      message.body,
      message.bodyHtml,
      message.contentType,
      JSON.stringify(message.contentAttributes),
      JSON.stringify(message.attachments),
      message.externalId,
      message.inReplyTo,
      message.createdAt,
      JSON.stringify(last),
      state.firstRepliedAt,
      state.waitingSince,
      state.unreadCount,
      state.lastCustomerMessageAt,
      state.lastAgentReplyAt,
      message.mentions,
      [...new Set(followers)],
      state.status,
      state.statusChangedAt,
      state.snoozedUntil,
      state.resolvedAt,
      state.closedAt,
      state.reopenCount,
      state.version,
      state.assigneeId,
    ]);
    const { joined, ...created } = row!;
    return { message: created, joined };
  }

  /** Returns the message with an external ID, or null. `isVisible` is false if the caller cannot see it. */
  findByExternalId(
    workspaceId: string,
    externalId: string,
  ): Promise<{ readonly id: string; readonly isVisible: boolean } | null> {
    return this.database.row(FIND_BY_EXTERNAL_ID, [workspaceId, externalId, currentHiddenInboxIds()]);
  }

  async existsInConversation(workspaceId: string, conversationId: string, id: string): Promise<boolean> {
    return (await this.database.row(EXISTS_IN_CONVERSATION, [workspaceId, conversationId, id])) !== null;
  }
}
