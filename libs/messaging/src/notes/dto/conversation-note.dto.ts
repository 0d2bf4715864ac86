import {
  EnumField,
  UuidField,
  UuidListField,
  IntegerField,
  NestedField,
  NestedListField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { AttachmentDto, AuthorDto, toMessageDto } from '../../messages/dto/message.dto.js';
import { AUTHOR_FIELD_OPTIONS, AuthorInputDto } from '../../messages/dto/create-message.dto.js';
import { MAX_BODY_LENGTH } from '../../messages/message.view.js';
import { MAX_MENTIONS } from '../../messages/message-content.js';
import type { MessageView } from '../../messages/message.view.js';

/** Internal note on a conversation. Not visible to customers. */
export class ConversationNoteDto {
  @UuidField({ description: 'ID of the note. Same as the ID of its message of type `note`.' })
  id: string;

  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @StringField({ description: 'Text of the note.', max: MAX_BODY_LENGTH, example: 'Who knows about invoice 4711?' })
  body: string;

  @NestedField(() => AuthorDto, { description: 'Author of the note.' })
  author: AuthorDto;

  @UuidListField({ description: 'IDs of the mentioned users.', example: [] })
  mentions: string[];

  @NestedListField(() => AttachmentDto, { description: 'Attached files.' })
  attachments: AttachmentDto[];

  @DateField({
    description: 'Time of the last edit. Null if the note was never edited.',
    nullable: true,
    example: null,
  })
  edited_at: string | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each edit.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}

/** Filter of the list of notes. */
export class ConversationNoteListQueryDto extends TimedPageQueryDto {
  @UuidField({ description: 'ID of the conversation to include.', optional: true })
  conversation_id?: string;

  @ListQueryField({
    description: 'Mentioned users: IDs or `me`. Matches notes that mention at least one of them.',
    example: 'me',
  })
  mention?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Fields to update in a note. */
export class UpdateConversationNoteDto {
  @StringField({
    description: 'Text of the note. `@[Name](user id)` mentions a user; the name can contain brackets.',
    min: 1,
    max: MAX_BODY_LENGTH,
    example: 'Who knows about invoice 4711?',
  })
  body: string;

  @UuidListField({
    description: 'IDs of mentioned users, in addition to those mentioned in the text.',
    optional: true,
    maxItems: MAX_MENTIONS,
    example: [],
  })
  mention_ids?: string[];
}

/** Fields of a new note. */
export class CreateConversationNoteDto extends UpdateConversationNoteDto {
  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @UuidListField({ description: 'IDs of uploaded files to attach.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @NestedField(() => AuthorInputDto, AUTHOR_FIELD_OPTIONS)
  author?: AuthorInputDto | null;
}

/** Maps a note to its DTO; `buildFileUrl` returns the signed link to a file's content. */
export function toConversationNoteDto(
  view: MessageView,
  buildFileUrl: (fileId: string) => string,
): ConversationNoteDto {
  const { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at } =
    toMessageDto(view, buildFileUrl);
  return { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at };
}
