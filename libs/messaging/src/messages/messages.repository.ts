import { Injectable } from '@nestjs/common';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { withSystemScope } from '@parley/kernel';
import { anyOf, createBinder, Database, shortRead, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { inboxAccessSql } from '@parley/teams';
import {
  accessByConversationIdSql,
  accessConditionsByConversationId,
  type ConversationStateRow,
  STATE_COLUMNS,
  toState,
} from '../conversations/conversation-row.js';
import type { ConversationState, LastMessage } from '../conversations/conversation.view.js';
import { buildPreview, type MessageBody } from './message-content.js';
import { MESSAGE_COLUMNS, toMessageView, type MessageRow } from './message-row.js';
import type { MessageStatus, MessageView } from './message.view.js';

/** Locked conversation with the names that a new message needs. */
export interface LockedConversation {
  readonly state: ConversationState;
  readonly contactName: string | null;
  /** True if the contact is blocked. */
  readonly contactBlocked: boolean;
  /** Name of the current user; null if the actor is not a user. */
  readonly actorName: string | null;
}

/** Locked message. */
export interface LockedMessage extends MessageView {
  /** Contact of its conversation. */
  readonly contactId: string;
}

/** Filter of a list of messages. */
export interface MessagesFilter extends TimeRange {
  readonly conversationId?: string;
  /** ID in an external system. */
  readonly externalId?: string;
  readonly types?: readonly string[];
  readonly authorTypes?: readonly string[];
  /** Matches messages that mention at least one of these users. */
  readonly mentions?: readonly string[];
  /** If true, deleted messages are left out. */
  readonly excludeDeleted?: boolean;
  /** Ids of messages. */
  readonly beforeId?: string;
  readonly afterId?: string;
}

/** Position of a message in the order of creation. */
export type MessageCursor = Pick<MessageView, 'createdAt' | 'id'>;

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
const FIND = defineAccessStatement(
  shortRead,
  'messaging.find-message',
  accessByConversationIdSql('m.conversation_id', '$3'),
  (access) => `select ${MESSAGE_COLUMNS} from messaging.messages m where m.workspace_id = $1 and m.id = $2 ${access}`,
);
const FIND_MANY = defineAccessStatement(
  shortRead,
  'messaging.find-messages',
  accessByConversationIdSql('m.conversation_id', '$3'),
  (access) => `select ${MESSAGE_COLUMNS} from messaging.messages m where m.workspace_id = $1 and
    m.id = ${anyOf('$2', 'uuid')} ${access}`,
);
const LOCK_MESSAGE = defineAccessStatement(
  statement,
  'messaging.lock-message',
  accessByConversationIdSql('m.conversation_id', '$3'),
  (access) => `select ${MESSAGE_COLUMNS}, (select c.contact_id from messaging.conversations c
    where c.id = m.conversation_id) as contact_id
   from messaging.messages m where m.workspace_id = $1 and m.id = $2 ${access} for update`,
);
const FIND_ID_BY_EXTERNAL_ID = statement(
  'messaging.find-message-id-by-external-id',
  'select id from messaging.messages where workspace_id = $1 and external_id = $2',
);
const EXISTS_IN_CONVERSATION = statement(
  'messaging.is-message-in-conversation',
  'select 1 as found from messaging.messages where workspace_id = $1 and conversation_id = $2 and id = $3',
);
const NEWEST_PUBLIC = statement(
  'messaging.find-newest-public-message',
  `select id from messaging.messages where workspace_id = $1 and conversation_id = $2 and type in ('comment', 'reply')
    and deleted_at is null order by created_at desc, id desc limit 1`,
);
const UPDATE = statement(
  'messaging.update-message',
  `update messaging.messages m set body = $3, body_html = $4, mentions = $6, attachments = $7, edited_at = $5, updated_at = $5,
    version = version + 1 where m.workspace_id = $1 and m.id = $2 returning ${MESSAGE_COLUMNS}`,
);
const DELETE = statement(
  'messaging.delete-message',
  `update messaging.messages m set body = '', body_html = null, attachments = '[]', content_attributes = '{}',
    mentions = '{}', deleted_at = $3, updated_at = $3, version = version + 1
   where m.workspace_id = $1 and m.id = $2 returning ${MESSAGE_COLUMNS}`,
);
const REFRESH_LAST_MESSAGE = statement(
  'messaging.refresh-last-message',
  `update messaging.conversations c set last_message = (
     select jsonb_build_object('id', m.id, 'type', m.type, 'body', $4::text, 'author_type', m.author_type,
       'author_name', m.author_name, 'created_at', c.last_message ->> 'created_at')
     from messaging.messages m where m.id = $3)
   where c.workspace_id = $1 and c.id = $2 and c.last_message ->> 'id' = $3::uuid::text`,
);

const UPDATE_STATUS = statement(
  'messaging.update-message-status',
  `update messaging.messages m set status = $3, status_error = $4, updated_at = $5
    where m.workspace_id = $1 and m.id = $2 returning ${MESSAGE_COLUMNS}`,
);

/** Rows of `messaging.messages`. */
@Injectable()
export class MessagesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

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
    return { message: toMessageView(row!), joined: row!.joined };
  }

  async find(workspaceId: string, id: string): Promise<MessageView | null> {
    const row = await this.database.row<MessageRow>(...limitToAccess(FIND, [workspaceId, id]));
    return row && toMessageView(row);
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<MessageView[]> {
    return (await this.database.rows<MessageRow>(...limitToAccess(FIND_MANY, [workspaceId, ids]))).map(toMessageView);
  }

  /** Locks the message until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<LockedMessage | null> {
    const row = await this.database.row<MessageRow & { contact_id: string }>(
      ...limitToAccess(LOCK_MESSAGE, [workspaceId, id]),
    );
    return row && { ...toMessageView(row), contactId: row.contact_id };
  }

  async findNewestPublicId(workspaceId: string, conversationId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(NEWEST_PUBLIC, [workspaceId, conversationId]))?.id ?? null;
  }

  /** Returns the id of the message with an external id, or null. */
  async findIdByExternalId(workspaceId: string, externalId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_ID_BY_EXTERNAL_ID, [workspaceId, externalId]))?.id ?? null;
  }

  async existsInConversation(workspaceId: string, conversationId: string, id: string): Promise<boolean> {
    return (await this.database.row(EXISTS_IN_CONVERSATION, [workspaceId, conversationId, id])) !== null;
  }

  /** Replaces the text of a message. */
  async update(
    workspaceId: string,
    message: MessageView,
    { body, bodyHtml, mentions, attachments }: MessageBody & Pick<MessageView, 'attachments' | 'mentions'>,
    now: string,
  ): Promise<MessageView> {
    const content = [body, bodyHtml, now, mentions, JSON.stringify(attachments)];
    const row = await this.database.row<MessageRow>(UPDATE, [workspaceId, message.id, ...content]);
    await this.refreshLastMessage(workspaceId, message, body);
    return toMessageView(row!);
  }

  /** Removes the content of a message and marks it as deleted. */
  async clearContent(workspaceId: string, message: MessageView, now: string): Promise<MessageView> {
    const row = await this.database.row<MessageRow>(DELETE, [workspaceId, message.id, now]);
    await this.refreshLastMessage(workspaceId, message, '');
    return toMessageView(row!);
  }

  private async refreshLastMessage(
    workspaceId: string,
    { id, conversationId }: MessageView,
    body: string,
  ): Promise<void> {
    await this.database.execute(REFRESH_LAST_MESSAGE, [workspaceId, conversationId, id, buildPreview(body)]);
  }

  /** Sets the delivery status of a message. */
  async updateStatus(
    workspaceId: string,
    id: string,
    status: MessageStatus,
    error: string | null,
    now: string,
  ): Promise<MessageView> {
    return toMessageView((await this.database.row<MessageRow>(UPDATE_STATUS, [workspaceId, id, status, error, now]))!);
  }

  /** Lists the messages that match the filter, between two cursors if they are given. */
  list(
    workspaceId: string,
    filter: MessagesFilter,
    { before, after }: { before: MessageCursor | null; after: MessageCursor | null },
    request: PageRequest,
  ): Promise<Page<MessageView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      'm.workspace_id = $1',
      ...accessConditionsByConversationId('m.conversation_id', bind),
      ...timeConditions(filter, 'm', bind),
    ];
    if (filter.conversationId) where.push(`m.conversation_id = ${bind(filter.conversationId)}`);
    if (filter.externalId !== undefined) where.push(`m.external_id = ${bind(filter.externalId)}`);
    if (filter.types) where.push(`m.type = any(${bind(filter.types)})`);
    if (filter.authorTypes) where.push(`m.author_type = any(${bind(filter.authorTypes)})`);
    if (filter.mentions) where.push(`m.mentions <> '{}' and m.mentions && ${bind(filter.mentions)}`);
    if (filter.excludeDeleted) where.push('m.deleted_at is null');
    if (before) where.push(`(m.created_at, m.id) < (${bind(before.createdAt)}, ${bind(before.id)})`);
    if (after) where.push(`(m.created_at, m.id) > (${bind(after.createdAt)}, ${bind(after.id)})`);
    const read = (): Promise<Page<MessageView>> =>
      this.lists.read<MessageRow, MessageView>(
        {
          domain: 'messaging.list-messages',
          select: MESSAGE_COLUMNS,
          from: 'messaging.messages m',
          where,
          values,
          request,
          order: [
            { sql: 'm.created_at', type: 'timestamptz' },
            { sql: 'm.id', type: 'uuid' },
          ],
        },
        toMessageView,
      );
    return filter.mentions ? withSystemScope(read) : read();
  }
}
