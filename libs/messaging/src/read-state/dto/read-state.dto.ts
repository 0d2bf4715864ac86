import { EnumField, UuidField, IntegerField, DateField } from '@parley/kernel/http';
import { MAX_COUNTED, type ReadStateView } from '../read-state.view.js';

/** What was read, and by whom. */
export class MarkConversationReadDto {
  @EnumField(['contact'], {
    description: 'Say `contact` when it is the customer who reads; else it is the calling user.',
    optional: true,
  })
  as?: 'contact';

  @UuidField({ description: 'The message up to which was read. Default all that there is.', optional: true })
  message_id?: string;
}

/** What is to be read again, and by whom. */
export class MarkConversationUnreadDto extends MarkConversationReadDto {
  @UuidField({
    description: 'The message from which on is to be read again. Default the newest of others.',
    optional: true,
  })
  declare message_id?: string;
}

/** How far somebody has read a conversation. */
export class ReadStateDto {
  @UuidField({ description: 'Id of the conversation.' })
  conversation_id: string;

  @EnumField(['user', 'contact'], { description: 'Who reads.' })
  reader: string;

  @UuidField({ description: 'Id of the user or contact.' })
  reader_id: string;

  @DateField({ description: 'Everything up to then is read; null when nothing is.', nullable: true })
  read_at: string | null;

  @IntegerField({ description: 'What others have said to them since.', example: 0 })
  unread_count: number;
}

/** What waits for the calling user to read it. */
export class UnreadCountsDto {
  @IntegerField({
    description: `Open and pending conversations of theirs in which the customer wrote since they read them. At most ${MAX_COUNTED}.`,
    example: 3,
  })
  assigned: number;

  @IntegerField({ description: `The same of nobody's conversations. At most ${MAX_COUNTED}.`, example: 12 })
  unassigned: number;

  @IntegerField({
    description: `Notes that mention them, in conversations that they have not read since. At most ${MAX_COUNTED}.`,
    example: 1,
  })
  mentions: number;
}

/** Puts a state of reading on the wire. */
export function toReadStateDto({ conversationId, reader, readAt, unreadCount }: ReadStateView): ReadStateDto {
  return {
    conversation_id: conversationId,
    reader: reader.kind,
    reader_id: reader.id,
    read_at: readAt,
    unread_count: unreadCount,
  };
}
