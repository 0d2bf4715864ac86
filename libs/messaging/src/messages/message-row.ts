import { columnsOf } from '@parley/kernel/database';
import { pick } from 'es-toolkit';
import { MessageEntity } from './message.entity.js';
import type { MessageView } from './message.view.js';

const PROPERTIES = [
  'id',
  'conversationId',
  'type',
  'body',
  'bodyHtml',
  'contentType',
  'contentAttributes',
  'attachments',
  'status',
  'statusError',
  'externalId',
  'inReplyTo',
  'mentions',
  'editedAt',
  'deletedAt',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Columns of a message, with the table alias `m`. Their aliases are the properties of {@link MessageView}. */
export const MESSAGE_COLUMNS = `${columnsOf(MessageEntity, 'm', PROPERTIES)},
  json_build_object('type', m.author_type, 'id', m.author_id, 'name', m.author_name) as author`;

/** A row of {@link MESSAGE_COLUMNS}: a view, possibly with more columns. */
export type MessageRow = Pick<MessageView, keyof MessageView>;

/** Removes the columns that do not belong to the view. */
export function toMessageView(row: MessageRow): MessageView {
  return pick(row, [...PROPERTIES, 'author']);
}
