import { Choice, Flag, Id, IdList, Integer, JsonObject, Nested, NestedList, Text, Time, Url } from '@parley/kernel';
import {
  AUTHOR_TYPES,
  CONTENT_TYPES,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type Attachment,
  type MessageView,
} from '../message.view.js';
import { withInlineFiles } from '../message-html.js';

/** Who wrote a message. */
export class AuthorDto {
  @Choice(AUTHOR_TYPES, { description: 'What kind of author; keys of services and rules are `bot`.' })
  type: string;

  @Id({ description: 'Id of the contact, user, key or rule.', nullable: true })
  id: string | null;

  @Text({ description: 'Name at the time of writing.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A file and where its content is. */
export class FileCardDto {
  @Id({ description: 'Id of the file.' })
  id: string;

  @Text({ description: 'Name of the file.', example: 'invoice.pdf' })
  name: string;

  @Integer({ description: 'Bytes.', example: 48213 })
  size: number;

  @Text({ description: 'MIME type, by its bytes.', example: 'application/pdf' })
  mime_type: string;

  @Integer({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  width: number | null;

  @Integer({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  height: number | null;

  @Url({
    description: 'Where the content is. Works without a credential, for about a day.',
    example:
      'http://127.0.0.1:3000/v1/files/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/content?expires=1795244400&signature=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;
}

/** A file on a message. */
export class AttachmentDto extends FileCardDto {
  @Flag({ description: 'Whether it is shown within `body_html`.', example: false })
  inline: boolean;

  @Text({ description: 'What it was called there.', nullable: true, example: null })
  content_id: string | null;
}

/** Something said in a conversation. */
export class MessageDto {
  @Id({ description: 'Id of the message.' })
  id: string;

  @Id({ description: 'The conversation it was said in.' })
  conversation_id: string;

  @Choice(MESSAGE_TYPES, {
    description: '`comment` from the customer, `reply` to the customer, `note` among the team, `system`.',
  })
  type: string;

  @Text({ description: 'What was said; empty once deleted.', max: 150_000, example: 'Where is my invoice?' })
  body: string;

  @Text({
    description:
      'The same in safe HTML, where it was written in HTML or Markdown. Pictures that came with it have links like `url`.',
    nullable: true,
    max: 150_000,
    example: null,
  })
  body_html: string | null;

  @Choice(CONTENT_TYPES, {
    description: 'How it was written; from `cards` on, `content_attributes.items` say what is shown.',
  })
  content_type: string;

  @JsonObject({ description: 'What else belongs to the content.', example: {} })
  content_attributes: Record<string, unknown>;

  @Nested(() => AuthorDto, { description: 'Who wrote it.' })
  author: AuthorDto;

  @NestedList(() => AttachmentDto, { description: 'Files on it.' })
  attachments: AttachmentDto[];

  @Choice(MESSAGE_STATUSES, { description: 'How far it has come on its way to the customer.' })
  status: string;

  @Text({ description: 'Why it could not be delivered.', nullable: true, max: 2000, example: null })
  status_error: string | null;

  @Id({ description: 'The message that this one answers.', nullable: true, example: null })
  in_reply_to: string | null;

  @IdList({ description: 'Users that a note mentions.', example: [] })
  mentions: string[];

  @Text({ description: 'Your own id of the message.', nullable: true, example: null })
  external_id: string | null;

  @Time({ description: 'When it was corrected.', nullable: true, example: null })
  edited_at: string | null;

  @Time({ description: 'When it was taken back.', nullable: true, example: null })
  deleted_at: string | null;

  @Integer({ description: 'Grows with each correction; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was written.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** Puts a file on a message on the wire. */
export function toAttachmentDto(file: Attachment, linkTo: (fileId: string) => string): AttachmentDto {
  return { ...file, inline: file.inline ?? false, content_id: file.content_id ?? null, url: linkTo(file.id) };
}

/** Puts a message on the wire; `linkTo` gives the link to a file's content. */
export function toMessageDto(view: MessageView, linkTo: (fileId: string) => string): MessageDto {
  return {
    id: view.id,
    conversation_id: view.conversationId,
    type: view.type,
    body: view.body,
    body_html: view.bodyHtml && withInlineFiles(view.bodyHtml, view.attachments, linkTo),
    content_type: view.contentType,
    content_attributes: view.contentAttributes,
    author: view.author,
    attachments: view.attachments.map((file) => toAttachmentDto(file, linkTo)),
    status: view.status,
    status_error: view.statusError,
    in_reply_to: view.inReplyTo,
    mentions: view.mentions as string[],
    external_id: view.externalId,
    edited_at: view.editedAt,
    deleted_at: view.deletedAt,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
