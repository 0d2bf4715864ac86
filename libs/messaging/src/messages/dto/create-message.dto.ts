import {
  EnumField,
  UuidField,
  UuidListField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
} from '@parley/kernel/http';
import { MAX_MENTIONS } from '../mentions.js';
import { CONTENT_TYPES, type ContentType, type CreateMessageInput, type AuthorInput } from '../message.view.js';
import { REPORTED_STATUSES, type ReportedStatus } from '../delivery-status.js';
import { validateContentAttributes } from './rich-content.dto.js';

/** Longest body of a message, in characters. */
export const MAX_BODY_LENGTH = 150_000;

/** A file that is shown within the HTML. */
export class InlineFileDto {
  @UuidField({ description: 'The file, which was uploaded before.' })
  file_id: string;

  @StringField({
    description: 'What `cid:` references in the HTML call it.',
    min: 1,
    max: 255,
    example: 'logo@example.com',
  })
  content_id: string;
}

/** Whom a program speaks for. */
export class AuthorInputDto {
  @EnumField(['user', 'ai_agent', 'bot'], {
    description:
      'What speaks. A `user` answers the customer as if they had called themselves; what the others say leaves the customer waiting.',
  })
  type: AuthorInput['type'];

  @UuidField({
    description: 'Of a `user`: who it is; they must be active. Else your own id of it, if it has one.',
    optional: true,
  })
  id?: string;

  @StringField({
    description: 'Of an `ai_agent` or a `bot`: what it is called. A `user` is shown by their own name.',
    optional: true,
    min: 1,
    example: 'Order bot',
  })
  name?: string;
}

/** Options of the field by which a program says whom it speaks for. */
export const AUTHOR_FIELD_OPTIONS = {
  description:
    "Who says it. Only the keys of services may speak for others. Default is who calls: a user, or a `bot` with the name of the service's key.",
  optional: true,
  nullable: true,
  example: null,
};

const BODY =
  'What is said. May be empty when a file is attached, or with rich content. HTML is answered as its text, with safe HTML in `body_html`.';
const TYPES = ['comment', 'reply', 'note'];

/** Something to say. */
export class CreateMessageDto {
  @StringField({ description: BODY, optional: true, max: MAX_BODY_LENGTH, example: 'Your invoice is attached.' })
  body?: string;

  @EnumField(TYPES, {
    description:
      '`reply` to the customer (default), `note` among the team, or `comment`: what the customer said, brought in for them.',
    optional: true,
    example: 'reply',
  })
  type?: CreateMessageInput['type'];

  @NestedField(() => AuthorInputDto, {
    ...AUTHOR_FIELD_OPTIONS,
    description: `${AUTHOR_FIELD_OPTIONS.description} Goes with replies and notes.`,
  })
  author?: AuthorInputDto | null;

  @StringField({
    description: 'The same in HTML, where the channel brought both. Made safe: scripts, forms and the like go.',
    optional: true,
    nullable: true,
    max: MAX_BODY_LENGTH,
    example: null,
  })
  body_html?: string | null;

  @EnumField(CONTENT_TYPES, {
    description: 'How `body` is written, or what `content_attributes.items` are. Default text.',
    optional: true,
  })
  content_type?: ContentType;

  @JsonObjectField({
    description:
      'What else belongs to the content. `items` are required with `cards` (CardDto), `form` (FormFieldDto), `select` (OptionDto) and `articles` (ArticleLinkDto).',
    optional: true,
    example: {},
  })
  content_attributes?: Record<string, unknown>;

  @UuidListField({ description: 'Files that were uploaded before.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @NestedListField(() => InlineFileDto, {
    description: 'Files that are shown within the HTML, as `cid:` references name them.',
    optional: true,
    maxItems: 15,
    example: [],
  })
  inline_files?: InlineFileDto[];

  @UuidListField({
    description: 'Users that a note mentions, beside those that it names as `@[Name](user id)`. Goes with notes only.',
    optional: true,
    maxItems: MAX_MENTIONS,
    example: [],
  })
  mention_ids?: string[];

  @UuidField({ description: 'The message that this one answers.', optional: true, nullable: true, example: null })
  in_reply_to?: string | null;

  @StringField({
    description: 'Your own id of the message; a second one with the same id is 409.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  external_id?: string | null;
}

/** What a conversation begins with. */
export class FirstMessageDto extends CreateMessageDto {
  @StringField({ description: BODY, optional: true, max: MAX_BODY_LENGTH, example: 'Where is my invoice?' })
  declare body?: string;

  @EnumField(TYPES, {
    description: '`comment` from the customer (default), `reply` to the customer, `note` among the team.',
    optional: true,
    example: 'comment',
  })
  declare type?: CreateMessageInput['type'];
}

/** Something to say in a conversation that is named with it. */
export class CreateMessageInConversationDto extends CreateMessageDto {
  @UuidField({ description: 'The conversation to say it in.' })
  conversation_id: string;
}

/** How far a message has come. */
export class MessageStatusDto {
  @EnumField(REPORTED_STATUSES, {
    description:
      'What became of it. `sent` leads to `delivered` and on to `read`, and a report that is older than what is known changes nothing. Only what is still `sent` can fail, for good.',
  })
  status: ReportedStatus;

  @StringField({
    description: 'Why it failed; goes with `failed` only.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  error?: string | null;
}

/** Other words for a message. */
export class UpdateMessageDto {
  @StringField({
    description: 'What it says from now on.',
    min: 1,
    max: MAX_BODY_LENGTH,
    example: 'Your invoice is attached.',
  })
  body: string;

  @StringField({
    description: 'The same in HTML.',
    optional: true,
    nullable: true,
    max: MAX_BODY_LENGTH,
    example: null,
  })
  body_html?: string | null;
}

/** What a message is taken for that does not say it, and where the request has it. */
interface MessageMappingOptions {
  readonly defaultType: CreateMessageInput['type'];
  readonly path?: string;
  /** Files that come on top of those it names. */
  readonly fileIds?: readonly string[];
}

/** The request in the domain's names. @throws DomainError BAD_REQUEST for rich content that is not as it must be. */
export function toCreateMessageInput(
  dto: CreateMessageDto,
  { defaultType, path = '', fileIds = [] }: MessageMappingOptions,
): CreateMessageInput {
  validateContentAttributes(dto.content_type ?? 'text', dto.content_attributes ?? {}, `${path}content_attributes`);
  return {
    type: dto.type ?? defaultType,
    author: dto.author ?? undefined,
    body: dto.body ?? '',
    bodyHtml: dto.body_html,
    contentType: dto.content_type,
    contentAttributes: dto.content_attributes,
    fileIds: [...(dto.attachment_ids ?? []), ...fileIds],
    inlineFiles: dto.inline_files?.map(({ file_id: fileId, content_id: contentId }) => ({ fileId, contentId })),
    mentionIds: dto.mention_ids,
    inReplyTo: dto.in_reply_to,
    externalId: dto.external_id,
  };
}
