import {
  EnumField,
  omitUndefined,
  UuidField,
  UuidListField,
  IntegerField,
  ListQueryField,
  NestedListField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ProblemDto, toProblemDto, type WithProblems } from '@parley/kernel/references';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { TEMPLATE_VARIABLES } from '../../templates/template-variables.js';
import { TEMPLATE_CONTENT_TYPES, type TemplateContentType } from '../../templates/templates.js';
import {
  SCHEDULED_MESSAGE_STATUSES,
  type ScheduledMessageInput,
  type ScheduledMessageView,
} from '../scheduled-message.view.js';

const BODY =
  'Message text. Liquid template, rendered when the message is sent, with the variables ' +
  `${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const MAX_BODY_LENGTH = 20_000;
const EXAMPLE = 'Hello {{ contact.first_name }}, did that help?';
const SETTABLE_STATUSES = ['draft', 'pending'] as const;

/** Message to be sent later. */
export class ScheduledMessageDto {
  @UuidField({ description: 'ID of the scheduled message.' })
  id: string;

  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @UuidField({
    description: 'ID of the user who is the author. Null if a service key scheduled the message.',
    nullable: true,
  })
  author_id: string | null;

  @EnumField(['reply', 'note'], { description: 'Message type: `reply` (to the customer) or `note` (internal).' })
  type: string;

  @StringField({ description: BODY, max: MAX_BODY_LENGTH, example: EXAMPLE })
  body: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'Format of `body`.' })
  content_type: string;

  @UuidListField({ description: 'IDs of the files to attach.', example: [] })
  attachment_ids: string[];

  @DateField({ description: 'Time to send the message. Null for a draft without a time.', nullable: true })
  send_at: string | null;

  @EnumField(SCHEDULED_MESSAGE_STATUSES, {
    description:
      'Status. A `draft` is not sent; a `pending` message is sent at `send_at`, and becomes `failed` ' +
      'if the conversation is not open or pending at that time.',
    example: 'pending',
  })
  status: string;

  @StringField({ description: 'Reason of the failure.', nullable: true, max: 2000, example: null })
  error: string | null;

  @UuidField({ description: 'ID of the message that was created when it was sent.', nullable: true, example: null })
  message_id: string | null;

  @NestedListField(() => ProblemDto, {
    description:
      'Reasons why a draft or pending message will fail or be incomplete: the author is no longer an active user, a file ' +
      'was deleted, or `body` uses custom fields that are not defined although others are. Computed for each response.',
    maxItems: 1000,
    example: [],
  })
  problems: ProblemDto[];

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update in a scheduled message. Omitted fields stay unchanged. */
export class UpdateScheduledMessageDto {
  @EnumField(['reply', 'note'], {
    description: 'Message type: `reply` (to the customer) or `note` (internal). Default: `reply`.',
    optional: true,
  })
  type?: 'reply' | 'note';

  @StringField({ description: BODY, optional: true, max: MAX_BODY_LENGTH, example: EXAMPLE })
  body?: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'Format of `body`. Default: `text`.', optional: true })
  content_type?: TemplateContentType;

  @UuidListField({ description: 'IDs of the files to attach.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @DateField({
    description: 'Time to send the message. Required and in the future unless the status is `draft`.',
    optional: true,
    nullable: true,
    example: '2046-01-15T10:30:00.000Z',
  })
  send_at?: string | null;

  @EnumField(SETTABLE_STATUSES, {
    description: 'Status. Default: `pending`. Updating a failed message sets it to `pending` again.',
    optional: true,
    example: 'pending',
  })
  status?: 'draft' | 'pending';
}

/** Fields of a new scheduled message. */
export class CreateScheduledMessageDto extends UpdateScheduledMessageDto {
  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;
}

/** Filter of the list of scheduled messages. */
export class ScheduledMessageListQueryDto extends TimedPageQueryDto {
  @UuidField({ description: 'ID of the conversation to include.', optional: true })
  conversation_id?: string;

  @ListQueryField({ description: 'Statuses to include.', values: SCHEDULED_MESSAGE_STATUSES, example: 'pending' })
  status?: string[];

  @ListQueryField({ description: 'Authors to include: user IDs or `me`.', example: 'me' })
  author_id?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Maps the request to the service input. Omitted fields stay undefined. */
export function toUpdateScheduledMessageInput(dto: UpdateScheduledMessageDto): Partial<ScheduledMessageInput> {
  const { type, body, content_type: contentType, attachment_ids: attachmentIds, send_at, status } = dto;
  const sendAt = send_at == null ? send_at : new Date(send_at).toISOString();
  return omitUndefined({ type, body, contentType, attachmentIds, sendAt, status });
}

export function toScheduledMessageDto(view: WithProblems<ScheduledMessageView>): ScheduledMessageDto {
  return {
    id: view.id,
    conversation_id: view.conversationId,
    author_id: view.author.kind === 'user' ? view.author.id : null,
    type: view.type,
    body: view.body,
    content_type: view.contentType,
    attachment_ids: [...view.attachmentIds],
    send_at: view.sendAt,
    status: view.status,
    error: view.error,
    message_id: view.messageId,
    problems: view.problems.map(toProblemDto),
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
