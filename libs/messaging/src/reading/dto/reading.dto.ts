import { Choice, Id, Integer, Time } from '@parley/kernel';
import { MOST_COUNTED, type ReadingView } from '../reading.view.js';

/** What was read, and by whom. */
export class ReadConversationDto {
  @Choice(['contact'], {
    description: 'Say `contact` when it is the customer who reads; else it is the calling user.',
    optional: true,
  })
  as?: 'contact';

  @Id({ description: 'The message up to which was read. Default all that there is.', optional: true })
  message_id?: string;
}

/** What is to be read again, and by whom. */
export class UnreadConversationDto extends ReadConversationDto {
  @Id({ description: 'The message from which on is to be read again. Default the newest of others.', optional: true })
  declare message_id?: string;
}

/** How far somebody has read a conversation. */
export class ReadingDto {
  @Id({ description: 'Id of the conversation.' })
  conversation_id: string;

  @Choice(['user', 'contact'], { description: 'Who reads.' })
  reader: string;

  @Id({ description: 'Id of the user or contact.' })
  reader_id: string;

  @Time({ description: 'Everything up to then is read; null when nothing is.', nullable: true })
  read_at: string | null;

  @Integer({ description: 'What others have said to them since.', example: 0 })
  unread_count: number;
}

/** What waits for the calling user to read it. */
export class UnreadCountsDto {
  @Integer({
    description: `Open and pending conversations of theirs in which the customer wrote since they read them. At most ${MOST_COUNTED}.`,
    example: 3,
  })
  assigned: number;

  @Integer({ description: `The same of nobody's conversations. At most ${MOST_COUNTED}.`, example: 12 })
  unassigned: number;

  @Integer({
    description: `Notes that mention them, in conversations that they have not read since. At most ${MOST_COUNTED}.`,
    example: 1,
  })
  mentions: number;
}

/** Puts a state of reading on the wire. */
export function toReadingDto({ conversationId, reader, readAt, unreadCount }: ReadingView): ReadingDto {
  return {
    conversation_id: conversationId,
    reader: reader.kind,
    reader_id: reader.id,
    read_at: readAt,
    unread_count: unreadCount,
  };
}
