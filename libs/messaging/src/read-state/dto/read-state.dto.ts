import { EnumField, UuidField, IntegerField, DateField } from '@parley/kernel/http';
import { MAX_COUNTED, type ReadStateView } from '../read-state.view.js';

/** Reader and read position. */
export class MarkConversationReadDto {
  @EnumField(['contact'], {
    description: '`contact` if the contact of the conversation is the reader. Default: the calling user.',
    optional: true,
  })
  as?: 'contact';

  @UuidField({ description: 'ID of the last message that was read. Default: the newest message.', optional: true })
  message_id?: string;
}

/** Reader and first unread message. */
export class MarkConversationUnreadDto extends MarkConversationReadDto {
  @UuidField({
    description: 'ID of the first unread message. Default: the newest message of others.',
    optional: true,
  })
  declare message_id?: string;
}

/** Read state of one reader in a conversation. */
export class ReadStateDto {
  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @EnumField(['user', 'contact'], { description: 'Kind of reader.' })
  reader: string;

  @UuidField({ description: 'ID of the user or contact.' })
  reader_id: string;

  @DateField({ description: 'Time up to which all messages are read. Null if nothing was read.', nullable: true })
  read_at: string | null;

  @IntegerField({ description: 'Number of later messages from others.', example: 0 })
  unread_count: number;
}

/** Unread counts of the calling user. */
export class UnreadCountsDto {
  @IntegerField({
    description:
      'Number of open and pending conversations assigned to the user with customer messages since the ' +
      `user last read them. At most ${MAX_COUNTED}.`,
    example: 3,
  })
  assigned: number;

  @IntegerField({
    description:
      'Number of open and pending unassigned conversations with customer messages since the user last ' +
      `read them. At most ${MAX_COUNTED}.`,
    example: 12,
  })
  unassigned: number;

  @IntegerField({
    description:
      'Number of notes that mention the user, written since the user last read their conversations. At ' +
      `most ${MAX_COUNTED}.`,
    example: 1,
  })
  mentions: number;
}

export function toReadStateDto({ conversationId, reader, readAt, unreadCount }: ReadStateView): ReadStateDto {
  return {
    conversation_id: conversationId,
    reader: reader.kind,
    reader_id: reader.id,
    read_at: readAt,
    unread_count: unreadCount,
  };
}
