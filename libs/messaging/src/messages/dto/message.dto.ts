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
  type ImageDisplay,
} from '../message.view.js';
import { blockRemoteImages, resolveInlineFiles } from '../message-content.js';

/** Author of a message. */
export class AuthorDto {
  @EnumField(AUTHOR_TYPES, { description: 'Kind of author. Service keys and automation rules are `bot`.' })
  type: string;

  @UuidField({ description: 'ID of the contact, user, key or rule.', nullable: true })
  id: string | null;

  @StringField({ description: "Author's name at the time of writing.", nullable: true, example: 'John Doe' })
  name: string | null;
}

/** File with a link to its content. */
export class FileSummaryDto {
  @UuidField({ description: 'ID of the file.' })
  id: string;

  @StringField({ description: 'File name.', example: 'invoice.pdf' })
  name: string;

  @IntegerField({ description: 'Size in bytes.', example: 48213 })
  size: number;

  @StringField({ description: 'MIME type, detected from the content.', example: 'application/pdf' })
  mime_type: string;

  @IntegerField({
    description: 'Width in pixels. Null if the file is not a raster image.',
    nullable: true,
    example: null,
  })
  width: number | null;

  @IntegerField({
    description: 'Height in pixels. Null if the file is not a raster image.',
    nullable: true,
    example: null,
  })
  height: number | null;

  @UrlField({
    description: 'Signed link to the content. Requires no credential and expires after about a day.',
    example:
      'http://127.0.0.1:3000/v1/files/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/content?expires=1795244400&signature=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  url: string;
}

/** File attached to a message. */
export class AttachmentDto extends FileSummaryDto {
  @BooleanField({ description: 'True if `body_html` displays the file inline.', example: false })
  inline: boolean;

  @StringField({ description: 'Content ID that `body_html` referred to the file by.', nullable: true, example: null })
  content_id: string | null;
}

/** Message in a conversation. */
export class MessageDto {
  @UuidField({ description: 'ID of the message.' })
  id: string;

  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @EnumField(MESSAGE_TYPES, {
    description:
      'Message type: `comment` (from the customer), `reply` (to the customer), `note` (internal) or `system`.',
  })
  type: string;

  @StringField({
    description: 'Message text. Empty if the message is deleted.',
    max: 150_000,
    example: 'Where is my invoice?',
  })
  body: string;

  @StringField({
    description:
      'Sanitized HTML version of `body`, if the message was written in HTML or Markdown. Inline images ' +
      'have signed links like `url`. Remote images in messages of the contact have their address in `data-src` instead ' +
      'of `src`, because loading them informs the sender that the message was opened; with `images=show`, in `src`.',
    nullable: true,
    max: 150_000,
    example: null,
  })
  body_html: string | null;

  @IntegerField({ description: 'Number of remote images in `body_html` that are blocked.', example: 0 })
  blocked_images: number;

  @EnumField(CONTENT_TYPES, {
    description:
      'Format of the message. For `cards`, `form`, `select` and `articles`, `content_attributes.items` ' +
      'holds the content.',
  })
  content_type: string;

  @JsonObjectField({ description: 'Additional content.', example: {} })
  content_attributes: Record<string, unknown>;

  @NestedField(() => AuthorDto, { description: 'Author of the message.' })
  author: AuthorDto;

  @NestedListField(() => AttachmentDto, { description: 'Attached files.' })
  attachments: AttachmentDto[];

  @EnumField(MESSAGE_STATUSES, { description: 'Delivery status.' })
  status: string;

  @StringField({ description: 'Reason of a failed delivery.', nullable: true, max: 2000, example: null })
  status_error: string | null;

  @UuidField({ description: 'ID of the message that this one replies to.', nullable: true, example: null })
  in_reply_to: string | null;

  @UuidListField({ description: 'IDs of the users that a note mentions.', example: [] })
  mentions: string[];

  @StringField({ description: 'ID in an external system.', nullable: true, example: null })
  external_id: string | null;

  @DateField({
    description: 'Time of the last edit. Null if the message was never edited.',
    nullable: true,
    example: null,
  })
  edited_at: string | null;

  @DateField({ description: 'Time of deletion. Null if the message is not deleted.', nullable: true, example: null })
  deleted_at: string | null;

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

export function toAttachmentDto(file: Attachment, buildFileUrl: (fileId: string) => string): AttachmentDto {
  return { ...file, inline: file.inline ?? false, content_id: file.content_id ?? null, url: buildFileUrl(file.id) };
}

/**
 * Maps a message to its DTO; `buildFileUrl` returns the signed link to a file's content.
 * @param images `block` moves the sources of remote images in messages of the contact to `data-src`.
 */
export function toMessageDto(
  view: MessageView,
  buildFileUrl: (fileId: string) => string,
  images: ImageDisplay = 'block',
): MessageDto {
  const isBlocking = images === 'block' && view.type === 'comment' && view.bodyHtml !== null;
  const { html, count } = isBlocking ? blockRemoteImages(view.bodyHtml!) : { html: view.bodyHtml, count: 0 };
  return {
    id: view.id,
    conversation_id: view.conversationId,
    type: view.type,
    body: view.body,
    body_html: html && resolveInlineFiles(html, view.attachments, buildFileUrl),
    blocked_images: count,
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
