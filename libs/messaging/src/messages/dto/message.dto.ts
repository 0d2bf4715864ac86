import {
  EnumField,
  BooleanField,
  UuidField,
  UuidListField,
  IntegerField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
  DateField,
  UrlField,
} from '@parley/kernel/http';
import {
  AUTHOR_TYPES,
  CONTENT_TYPES,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type Attachment,
  type MessageView,
} from '../message.view.js';
import { resolveInlineFiles } from '../message-html.js';

/** Who wrote a message. */
export class AuthorDto {
  @EnumField(AUTHOR_TYPES, { description: 'What kind of author; keys of services and rules are `bot`.' })
  type: string;

  @UuidField({ description: 'Id of the contact, user, key or rule.', nullable: true })
  id: string | null;

  @StringField({ description: 'Name at the time of writing.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A file and where its content is. */
export class FileSummaryDto {
  @UuidField({ description: 'Id of the file.' })
  id: string;

  @StringField({ description: 'Name of the file.', example: 'invoice.pdf' })
  name: string;

  @IntegerField({ description: 'Bytes.', example: 48213 })
  size: number;

  @StringField({ description: 'MIME type, by its bytes.', example: 'application/pdf' })
  mime_type: string;

  @IntegerField({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  width: number | null;

  @IntegerField({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  height: number | null;

  @UrlField({
    description: 'Where the content is. Works without a credential, for about a day.',
    example:
      'http://127.0.0.1:3000/v1/files/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/content?expires=1795244400&signature=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;
}

/** A file on a message. */
export class AttachmentDto extends FileSummaryDto {
  @BooleanField({ description: 'Whether it is shown within `body_html`.', example: false })
  inline: boolean;

  @StringField({ description: 'What it was called there.', nullable: true, example: null })
  content_id: string | null;
}

/** Something said in a conversation. */
export class MessageDto {
  @UuidField({ description: 'Id of the message.' })
  id: string;

  @UuidField({ description: 'The conversation it was said in.' })
  conversation_id: string;

  @EnumField(MESSAGE_TYPES, {
    description: '`comment` from the customer, `reply` to the customer, `note` among the team, `system`.',
  })
  type: string;

  @StringField({ description: 'What was said; empty once deleted.', max: 150_000, example: 'Where is my invoice?' })
  body: string;

  @StringField({
    description:
      'The same in safe HTML, where it was written in HTML or Markdown. Pictures that came with it have links like `url`.',
    nullable: true,
    max: 150_000,
    example: null,
  })
  body_html: string | null;

  @EnumField(CONTENT_TYPES, {
    description: 'How it was written; from `cards` on, `content_attributes.items` say what is shown.',
  })
  content_type: string;

  @JsonObjectField({ description: 'What else belongs to the content.', example: {} })
  content_attributes: Record<string, unknown>;

  @NestedField(() => AuthorDto, { description: 'Who wrote it.' })
  author: AuthorDto;

  @NestedListField(() => AttachmentDto, { description: 'Files on it.' })
  attachments: AttachmentDto[];

  @EnumField(MESSAGE_STATUSES, { description: 'How far it has come on its way to the customer.' })
  status: string;

  @StringField({ description: 'Why it could not be delivered.', nullable: true, max: 2000, example: null })
  status_error: string | null;

  @UuidField({ description: 'The message that this one answers.', nullable: true, example: null })
  in_reply_to: string | null;

  @UuidListField({ description: 'Users that a note mentions.', example: [] })
  mentions: string[];

  @StringField({ description: 'Your own id of the message.', nullable: true, example: null })
  external_id: string | null;

  @DateField({ description: 'When it was corrected.', nullable: true, example: null })
  edited_at: string | null;

  @DateField({ description: 'When it was taken back.', nullable: true, example: null })
  deleted_at: string | null;

  @IntegerField({ description: 'Grows with each correction; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was written.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** Puts a file on a message on the wire. */
export function toAttachmentDto(file: Attachment, buildFileUrl: (fileId: string) => string): AttachmentDto {
  return { ...file, inline: file.inline ?? false, content_id: file.content_id ?? null, url: buildFileUrl(file.id) };
}

/** Puts a message on the wire; `linkTo` gives the link to a file's content. */
export function toMessageDto(view: MessageView, buildFileUrl: (fileId: string) => string): MessageDto {
  return {
    id: view.id,
    conversation_id: view.conversationId,
    type: view.type,
    body: view.body,
    body_html: view.bodyHtml && resolveInlineFiles(view.bodyHtml, view.attachments, buildFileUrl),
    content_type: view.contentType,
    content_attributes: view.contentAttributes,
    author: view.author,
    attachments: view.attachments.map((file) => toAttachmentDto(file, buildFileUrl)),
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
