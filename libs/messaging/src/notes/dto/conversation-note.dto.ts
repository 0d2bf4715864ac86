import {
  Choice,
  Id,
  IdList,
  Integer,
  Nested,
  NestedList,
  QueryList,
  Text,
  Time,
  TimedPageQueryDto,
} from '@parley/kernel';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { AttachmentDto, AuthorDto, toMessageDto } from '../../messages/dto/message.dto.js';
import { LONGEST_BODY, SPEAKER, SpeakerDto } from '../../messages/dto/new-message.dto.js';
import { MOST_MENTIONS } from '../../messages/mentions.js';
import type { MessageView } from '../../messages/message.view.js';

/** A note of the team on a conversation; customers never see it. */
export class ConversationNoteDto {
  @Id({ description: 'Id of the note; also that of the message of type `note` that it is.' })
  id: string;

  @Id({ description: 'The conversation that it stands in.' })
  conversation_id: string;

  @Text({ description: 'What it says.', max: LONGEST_BODY, example: 'Who knows about invoice 4711?' })
  body: string;

  @Nested(() => AuthorDto, { description: 'Who wrote it.' })
  author: AuthorDto;

  @IdList({ description: 'Users that it mentions.', example: [] })
  mentions: string[];

  @NestedList(() => AttachmentDto, { description: 'Files on it.' })
  attachments: AttachmentDto[];

  @Time({ description: 'When it was corrected.', nullable: true, example: null })
  edited_at: string | null;

  @Integer({ description: 'Grows with each correction; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was written.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** Which notes to list. */
export class ConversationNoteListQueryDto extends TimedPageQueryDto {
  @Id({ description: 'Only on this conversation.', optional: true })
  conversation_id?: string;

  @QueryList({ description: 'Only those that mention any of these users: ids, or `me`.', example: 'me' })
  mention?: string[];

  @Choice(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** What a note says. */
export class UpdateConversationNoteDto {
  @Text({
    description: 'What it says. `@[Name](user id)` mentions a user.',
    min: 1,
    max: LONGEST_BODY,
    example: 'Who knows about invoice 4711?',
  })
  body: string;

  @IdList({
    description: 'Users that it mentions, beside those that it names itself.',
    optional: true,
    maxItems: MOST_MENTIONS,
    example: [],
  })
  mention_ids?: string[];
}

/** A note to write. */
export class CreateConversationNoteDto extends UpdateConversationNoteDto {
  @Id({ description: 'The conversation to write it on.' })
  conversation_id: string;

  @IdList({ description: 'Files that were uploaded before.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @Nested(() => SpeakerDto, SPEAKER)
  author?: SpeakerDto | null;
}

/** Puts a note on the wire; `linkTo` gives the link to a file's content. */
export function toConversationNoteDto(view: MessageView, linkTo: (fileId: string) => string): ConversationNoteDto {
  const { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at } =
    toMessageDto(view, linkTo);
  return { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at };
}
