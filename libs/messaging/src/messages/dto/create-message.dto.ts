import {
  EnumField,
  UuidField,
  UuidListField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
} from '@parley/kernel/http';
import { MAX_MENTIONS } from '../message-content.js';
import { CONTENT_TYPES, type ContentType, type CreateMessageInput, type AuthorInput } from '../message.view.js';
import { REPORTED_STATUSES, type ReportedStatus } from '../delivery-status.js';
import { validateContentAttributes } from './rich-content.dto.js';

/** File that the HTML displays inline. */
export class InlineFileDto {
  @UuidField({ description: 'ID of an uploaded file.' })
  file_id: string;

  @StringField({
    description: 'Content ID that `cid:` references in the HTML use.',
    min: 1,
    max: 255,
    example: 'logo@example.com',
  })
  content_id: string;
}

/** Author that an integration sets for a message. */
export class AuthorInputDto {
  @EnumField(['user', 'ai_agent', 'bot'], {
    description:
      'Kind of author. A reply by a `user` counts as an answer to the customer; replies by an ' +
      '`ai_agent` or a `bot` do not.',
  })
  type: AuthorInput['type'];

  @UuidField({
    description:
      'ID of the author. Required for a `user`, who must be an active member. For other authors, an ' +
      'optional ID in an external system.',
    optional: true,
  })
  id?: string;

  @StringField({
    description: 'Display name. Required for an `ai_agent` or a `bot`. Ignored for a `user`.',
    optional: true,
    min: 1,
    example: 'Order bot',
    trim: true,
  })
  name?: string;
}

/** Options of the `author` field. */
export const AUTHOR_FIELD_OPTIONS = {
  description:
    'Author of the message. Only service keys can set it to someone other than the caller. Default: ' +
    'the calling user, or a `bot` with the name of the service key.',
  optional: true,
  nullable: true,
  example: null,
};

/** Maximum length of a body with pasted images, in characters. */
const MAX_INPUT_LENGTH = 1_000_000;

const BODY =
  'Message text. Can be empty if files are attached or the message has rich content. If ' +
  '`content_type` is `html`, the response contains its text in `body` and sanitized HTML in ' +
  '`body_html`. At most 150,000 characters without pasted images.';
const TYPES = ['comment', 'reply', 'note'];

/** Fields of a new message. */
export class CreateMessageDto {
  @StringField({ description: BODY, optional: true, max: MAX_INPUT_LENGTH, example: 'Your invoice is attached.' })
  body?: string;

  @EnumField(TYPES, {
    description:
      'Message type: `reply` (to the customer), `note` (internal) or `comment` (from the customer, ' +
      'added on their behalf). Default: `reply`.',
    optional: true,
    example: 'reply',
  })
  type?: CreateMessageInput['type'];

  @NestedField(() => AuthorInputDto, {
    ...AUTHOR_FIELD_OPTIONS,
    description: `${AUTHOR_FIELD_OPTIONS.description} Only allowed for replies and notes.`,
  })
  author?: AuthorInputDto | null;

  @StringField({
    description:
      'HTML version of `body`. Sanitized: scripts, forms and other unsafe elements are removed. Pasted images (`data:` ' +
      'URLs; at most 20) become inline attachments. At most 150,000 characters without them.',
    optional: true,
    nullable: true,
    max: MAX_INPUT_LENGTH,
    example: null,
  })
  body_html?: string | null;

  @EnumField(CONTENT_TYPES, {
    description: 'Format of `body`, or type of the entries in `content_attributes.items`. Default: `text`.',
    optional: true,
  })
  content_type?: ContentType;

  @JsonObjectField({
    description:
      'Additional content. `items` are required with the content types `cards` (CardDto), `form` ' +
      '(FormFieldDto), `select` (OptionDto) and `articles` (ArticleLinkDto).',
    optional: true,
    example: {},
  })
  content_attributes?: Record<string, unknown>;

  @UuidListField({ description: 'IDs of uploaded files to attach.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @NestedListField(() => InlineFileDto, {
    description: 'Uploaded files that the HTML displays inline through `cid:` references.',
    optional: true,
    maxItems: 15,
    example: [],
  })
  inline_files?: InlineFileDto[];

  @UuidListField({
    description:
      'IDs of users that a note mentions, in addition to those mentioned in its text as `@[Name](user ' +
      'id)`. Only allowed for notes. Users without access to the inbox of the conversation are not notified.',
    optional: true,
    maxItems: MAX_MENTIONS,
    example: [],
  })
  mention_ids?: string[];

  @UuidField({
    description: 'ID of the message that this one replies to.',
    optional: true,
    nullable: true,
    example: null,
  })
  in_reply_to?: string | null;

  @StringField({
    description: 'ID in an external system. Unique within the workspace; returns 409 if it is already used.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/** First message of a new conversation. */
export class FirstMessageDto extends CreateMessageDto {
  @StringField({ description: BODY, optional: true, max: MAX_INPUT_LENGTH, example: 'Where is my invoice?' })
  declare body?: string;

  @EnumField(TYPES, {
    description:
      'Message type: `comment` (from the customer), `reply` (to the customer) or `note` (internal). ' +
      'Default: `comment`.',
    optional: true,
    example: 'comment',
  })
  declare type?: CreateMessageInput['type'];
}

/** Fields of a new message and its conversation. */
export class CreateMessageInConversationDto extends CreateMessageDto {
  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;
}

/** Delivery status of a message. */
export class MessageStatusDto {
  @EnumField(REPORTED_STATUSES, {
    description:
      'Delivery status. `sent` can change to `delivered` and then `read`. Reports of an earlier status ' +
      'are ignored. `failed` is only possible from `sent` and is final.',
  })
  status: ReportedStatus;

  @StringField({
    description: 'Reason of the failure. Only allowed with `failed`.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  error?: string | null;
}

/** Fields to update in a message. */
export class UpdateMessageDto {
  @StringField({
    description: 'New message text. At most 150,000 characters without pasted images.',
    min: 1,
    max: MAX_INPUT_LENGTH,
    example: 'Your invoice is attached.',
  })
  body: string;

  @StringField({
    description:
      'HTML version of `body`. Images pasted as `data:` URLs are added to the attachments. At most 150,000 characters ' +
      'without pasted images.',
    optional: true,
    nullable: true,
    max: MAX_INPUT_LENGTH,
    example: null,
  })
  body_html?: string | null;
}

/**
 * Options of {@link toCreateMessageInput}: the type of messages without one, and the prefix of field names in errors.
 */
interface MessageMappingOptions {
  readonly defaultType: CreateMessageInput['type'];
  readonly path?: string;
}

/** Maps the request to the service input. @throws DomainError BAD_REQUEST for invalid rich content. */
export function toCreateMessageInput(
  dto: CreateMessageDto,
  { defaultType, path = '' }: MessageMappingOptions,
): CreateMessageInput {
  validateContentAttributes(dto.content_type ?? 'text', dto.content_attributes ?? {}, `${path}content_attributes`);
  return {
    type: dto.type ?? defaultType,
    author: dto.author ?? undefined,
    body: dto.body ?? '',
    bodyHtml: dto.body_html,
    contentType: dto.content_type,
    contentAttributes: dto.content_attributes,
    fileIds: dto.attachment_ids,
    inlineFiles: dto.inline_files?.map(({ file_id: fileId, content_id: contentId }) => ({ fileId, contentId })),
    mentionIds: dto.mention_ids,
    inReplyTo: dto.in_reply_to,
    externalId: dto.external_id,
  };
}
