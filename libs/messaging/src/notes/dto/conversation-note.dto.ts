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
import { MAX_BODY_LENGTH, AUTHOR_FIELD_OPTIONS, AuthorInputDto } from '../../messages/dto/create-message.dto.js';
import { MAX_MENTIONS } from '../../messages/mentions.js';
import type { MessageView } from '../../messages/message.view.js';

/** A note of the team on a conversation; customers never see it. */
export class ConversationNoteDto {
  @UuidField({ description: 'Id of the note; also that of the message of type `note` that it is.' })
  id: string;

  @UuidField({ description: 'The conversation that it stands in.' })
  conversation_id: string;

  @StringField({ description: 'What it says.', max: MAX_BODY_LENGTH, example: 'Who knows about invoice 4711?' })
  body: string;

  @NestedField(() => AuthorDto, { description: 'Who wrote it.' })
  author: AuthorDto;

  @UuidListField({ description: 'Users that it mentions.', example: [] })
  mentions: string[];

  @NestedListField(() => AttachmentDto, { description: 'Files on it.' })
  attachments: AttachmentDto[];

  @DateField({ description: 'When it was corrected.', nullable: true, example: null })
  edited_at: string | null;

  @IntegerField({ description: 'Grows with each correction; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was written.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** Which notes to list. */
export class ConversationNoteListQueryDto extends TimedPageQueryDto {
  @UuidField({ description: 'Only on this conversation.', optional: true })
  conversation_id?: string;

  @ListQueryField({ description: 'Only those that mention any of these users: ids, or `me`.', example: 'me' })
  mention?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** What a note says. */
export class UpdateConversationNoteDto {
  @StringField({
    description: 'What it says. `@[Name](user id)` mentions a user.',
    min: 1,
    max: MAX_BODY_LENGTH,
    example: 'Who knows about invoice 4711?',
  })
  body: string;

  @UuidListField({
    description: 'Users that it mentions, beside those that it names itself.',
    optional: true,
    maxItems: MAX_MENTIONS,
    example: [],
  })
  mention_ids?: string[];
}

/** A note to write. */
export class CreateConversationNoteDto extends UpdateConversationNoteDto {
  @UuidField({ description: 'The conversation to write it on.' })
  conversation_id: string;

  @UuidListField({ description: 'Files that were uploaded before.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @NestedField(() => AuthorInputDto, AUTHOR_FIELD_OPTIONS)
  author?: AuthorInputDto | null;
}

/** Puts a note on the wire; `linkTo` gives the link to a file's content. */
export function toConversationNoteDto(
  view: MessageView,
  buildFileUrl: (fileId: string) => string,
): ConversationNoteDto {
  const { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at } =
    toMessageDto(view, buildFileUrl);
  return { id, conversation_id, body, author, mentions, attachments, edited_at, version, created_at, updated_at };
}
