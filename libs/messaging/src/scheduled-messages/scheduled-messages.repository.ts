import { Injectable } from '@nestjs/common';
import { defineAccessStatement, limitToAccess } from '@parley/kernel/auth';
import type { Actor } from '@parley/kernel';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest } from '@parley/kernel/pagination';
import { accessByConversationIdSql, accessConditionsByConversationId } from '../conversations/conversation-row.js';
import type { TemplateContentType } from '../templates/templates.js';
import type {
  ScheduledMessageInput,
  ScheduledMessagesFilter,
  ScheduledMessageView,
  ScheduledMessageStatus,
} from './scheduled-message.view.js';

interface ScheduledMessageRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly conversation_id: string;
  readonly contact_id: string;
  readonly author: Actor;
  readonly type: 'reply' | 'note';
  readonly body: string;
  readonly content_type: TemplateContentType;
  readonly attachment_ids: string[];
  readonly send_at: string | null;
  readonly status: ScheduledMessageStatus;
  readonly error: string | null;
  readonly message_id: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `s.id, s.conversation_id, (select c.contact_id from messaging.conversations c
    where c.id = s.conversation_id) as contact_id, s.author, s.type, s.body, s.content_type, s.attachment_ids,
    s.send_at, s.status, s.error, s.message_id, s.version, s.created_at, s.updated_at`;

const IS_ACCESSIBLE = accessByConversationIdSql('s.conversation_id', '$3');
const FIND = defineAccessStatement(
  statement,
  'messaging.find-scheduled-message',
  IS_ACCESSIBLE,
  (access) => `select ${COLUMNS} from messaging.scheduled_messages s where s.workspace_id = $1 and s.id = $2 ${access}`,
);
const LOCK = defineAccessStatement(
  statement,
  'messaging.lock-scheduled-message',
  IS_ACCESSIBLE,
  (access) =>
    `select ${COLUMNS} from messaging.scheduled_messages s where s.workspace_id = $1 and s.id = $2 ${access} for update`,
);
const ADD = statement(
  'messaging.add-scheduled-message',
  `insert into messaging.scheduled_messages as s (id, workspace_id, conversation_id, author, type, body, content_type,
    attachment_ids, send_at, status, created_at, updated_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning ${COLUMNS}`,
);
const UPDATE = statement(
  'messaging.update-scheduled-message',
  `update messaging.scheduled_messages s set type = $3, body = $4, content_type = $5, attachment_ids = $6,
    send_at = $7, status = $8, error = null, version = version + 1, updated_at = $9
   where s.workspace_id = $1 and s.id = $2 returning ${COLUMNS}`,
);
const FINALIZE = statement(
  'messaging.finalize-scheduled-message',
  `update messaging.scheduled_messages s set status = $3, message_id = $4, error = $5, version = version + 1,
    updated_at = $6 where s.workspace_id = $1 and s.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'messaging.delete-scheduled-message',
  'delete from messaging.scheduled_messages where workspace_id = $1 and id = $2',
);

function toView(row: ScheduledMessageRow): ScheduledMessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    author: row.author,
    type: row.type,
    body: row.body,
    contentType: row.content_type,
    attachmentIds: row.attachment_ids,
    sendAt: row.send_at,
    status: row.status,
    error: row.error,
    messageId: row.message_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Rows of `messaging.scheduled_messages`. */
@Injectable()
export class ScheduledMessagesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<ScheduledMessageView | null> {
    const row = await this.database.row<ScheduledMessageRow>(...limitToAccess(FIND, [workspaceId, id]));
    return row && toView(row);
  }

  /** Locks the scheduled message until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<ScheduledMessageView | null> {
    const row = await this.database.row<ScheduledMessageRow>(...limitToAccess(LOCK, [workspaceId, id]));
    return row && toView(row);
  }

  async add(
    workspaceId: string,
    id: string,
    conversationId: string,
    author: Actor,
    fields: ScheduledMessageInput,
    now: string,
  ): Promise<ScheduledMessageView> {
    const { type, body, contentType, attachmentIds, sendAt, status } = fields;
    const values = [
      workspaceId,
      id,
      conversationId,
      JSON.stringify(author),
      type,
      body,
      contentType,
      attachmentIds,
      sendAt,
      status,
      now,
    ];
    return toView((await this.database.row<ScheduledMessageRow>(ADD, values))!);
  }

  async update(
    workspaceId: string,
    id: string,
    { type, body, contentType, attachmentIds, sendAt, status }: ScheduledMessageInput,
    now: string,
  ): Promise<ScheduledMessageView> {
    return toView(
      (await this.database.row<ScheduledMessageRow>(UPDATE, [
        workspaceId,
        id,
        type,
        body,
        contentType,
        attachmentIds,
        sendAt,
        status,
        now,
      ]))!,
    );
  }

  /** Records the outcome: the created message, or the reason why it could not be sent. */
  async finalize(
    workspaceId: string,
    id: string,
    outcome: { readonly messageId: string } | { readonly error: string },
    now: string,
  ): Promise<ScheduledMessageView> {
    const [status, messageId, error] =
      'messageId' in outcome ? ['sent', outcome.messageId, null] : ['failed', null, outcome.error];
    return toView(
      (await this.database.row<ScheduledMessageRow>(FINALIZE, [workspaceId, id, status, messageId, error, now]))!,
    );
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  list(
    workspaceId: string,
    filter: ScheduledMessagesFilter,
    request: PageRequest,
  ): Promise<Page<ScheduledMessageView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      's.workspace_id = $1',
      ...accessConditionsByConversationId('s.conversation_id', bind),
      ...timeConditions(filter, 's', bind),
    ];
    if (filter.conversationId) where.push(`s.conversation_id = ${bind(filter.conversationId)}`);
    if (filter.status) where.push(`s.status = any(${bind(filter.status)})`);
    if (filter.authors) where.push(`s.author->>'id' = any(${bind(filter.authors)})`);
    return this.lists.read<ScheduledMessageRow, ScheduledMessageView>(
      {
        domain: 'messaging.list-scheduled-messages',
        select: COLUMNS,
        from: 'messaging.scheduled_messages s',
        where,
        values,
        request,
        order: [
          { sql: 's.created_at', type: 'timestamptz' },
          { sql: 's.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
