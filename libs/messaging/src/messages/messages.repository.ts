import { Injectable } from '@nestjs/common';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import { withSystemScope } from '@parley/kernel';
import { anyOf, createBinder, Database, shortRead, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { inboxAccessSql } from '@parley/teams';
import { accessByConversationIdSql, accessConditionsByConversationId } from '../conversations/conversation-row.js';
import { buildPreview, type MessageBody } from './message-content.js';
import { MESSAGE_COLUMNS, toMessageView, type MessageRow } from './message-row.js';
import type { MessageStatus, MessageView } from './message.view.js';

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
const LOCK_CONVERSATION_OF_MESSAGE = defineAccessStatement(
  statement,
  'messaging.lock-conversation-of-message',
  inboxAccessSql('c', '$3'),
  (access) => `select c.id from messaging.conversations c where c.workspace_id = $1 and c.id = (
     select m.conversation_id from messaging.messages m where m.workspace_id = $1 and m.id = $2) ${access} for update`,
);
const LOCK_MESSAGE = defineAccessStatement(
  statement,
  'messaging.lock-message',
  accessByConversationIdSql('m.conversation_id', '$3'),
  (access) => `select ${MESSAGE_COLUMNS}, (select c.contact_id from messaging.conversations c
    where c.id = m.conversation_id) as "contactId"
   from messaging.messages m where m.workspace_id = $1 and m.id = $2 ${access} for update`,
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

  find(workspaceId: string, id: string): Promise<MessageView | null> {
    return this.database.row<MessageRow>(...limitToAccess(FIND, [workspaceId, id]));
  }

  findMany(workspaceId: string, ids: readonly string[]): Promise<MessageView[]> {
    return this.database.rows<MessageRow>(...limitToAccess(FIND_MANY, [workspaceId, ids]));
  }

  /** Locks the conversation of a message until the transaction ends. Returns its ID, or null if there is none. */
  async lockConversationOf(workspaceId: string, id: string): Promise<string | null> {
    const query = limitToAccess(LOCK_CONVERSATION_OF_MESSAGE, [workspaceId, id]);
    return (await this.database.row<{ id: string }>(...query))?.id ?? null;
  }

  /** Locks the message until the transaction ends. */
  lock(workspaceId: string, id: string): Promise<LockedMessage | null> {
    return this.database.row<Pick<LockedMessage, keyof LockedMessage>>(
      ...limitToAccess(LOCK_MESSAGE, [workspaceId, id]),
    );
  }

  async findNewestPublicId(workspaceId: string, conversationId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(NEWEST_PUBLIC, [workspaceId, conversationId]))?.id ?? null;
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
    return row!;
  }

  /** Removes the content of a message and marks it as deleted. */
  async clearContent(workspaceId: string, message: MessageView, now: string): Promise<MessageView> {
    const row = await this.database.row<MessageRow>(DELETE, [workspaceId, message.id, now]);
    await this.refreshLastMessage(workspaceId, message, '');
    return row!;
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
    return (await this.database.row<MessageRow>(UPDATE_STATUS, [workspaceId, id, status, error, now]))!;
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
