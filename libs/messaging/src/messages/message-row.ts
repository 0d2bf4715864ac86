import type { Attachment, AuthorType, ContentType, MessageStatus, MessageType, MessageView } from './message.view.js';

/** Row of `messaging.messages`. */
export interface MessageRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly conversation_id: string;
  readonly type: MessageType;
  readonly author_type: AuthorType;
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly body: string;
  readonly body_html: string | null;
  readonly content_type: ContentType;
  readonly content_attributes: Record<string, unknown>;
  readonly attachments: Attachment[];
  readonly status: MessageStatus;
  readonly status_error: string | null;
  readonly external_id: string | null;
  readonly in_reply_to: string | null;
  readonly mentions: string[];
  readonly edited_at: string | null;
  readonly deleted_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Columns of {@link MessageRow}. The SQL uses the table alias `m`. */
export const MESSAGE_COLUMNS =
  `m.id, m.conversation_id, m.type, m.author_type, m.author_id, m.author_name, m.body, m.body_html, m.content_type,
    m.content_attributes, m.attachments, m.status, ` +
  `m.status_error, m.external_id, m.in_reply_to, m.mentions, m.edited_at, m.deleted_at, m.version, m.created_at,
    m.updated_at`;

export function toMessageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    type: row.type,
    body: row.body,
    bodyHtml: row.body_html,
    contentType: row.content_type,
    contentAttributes: row.content_attributes,
    author: { type: row.author_type, id: row.author_id, name: row.author_name },
    attachments: row.attachments,
    status: row.status,
    statusError: row.status_error,
    externalId: row.external_id,
    inReplyTo: row.in_reply_to,
    mentions: row.mentions,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
