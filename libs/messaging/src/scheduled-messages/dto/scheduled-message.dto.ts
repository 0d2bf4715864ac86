import {
  EnumField,
  omitUndefined,
  UuidField,
  UuidListField,
  IntegerField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { TEMPLATE_CONTENT_TYPES, TEMPLATE_VARIABLES, type TemplateContentType } from '../../templates/templates.js';
import {
  SCHEDULED_MESSAGE_STATUSES,
  type ScheduledMessageInput,
  type ScheduledMessageView,
} from '../scheduled-message.view.js';

const BODY = `What it says. Takes Liquid variables, filled in when it is sent: ${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const MAX_BODY_LENGTH = 20_000;
const EXAMPLE = 'Hello {{ contact.first_name }}, did that help?';
const SETTABLE_STATUSES = ['draft', 'pending'] as const;

/** Something that is to be said later. */
export class ScheduledMessageDto {
  @UuidField({ description: 'Id of the scheduled message.' })
  id: string;

  @UuidField({ description: 'The conversation it is to be said in.' })
  conversation_id: string;

  @UuidField({ description: 'User in whose name it is said; null for a service.', nullable: true })
  author_id: string | null;

  @EnumField(['reply', 'note'], { description: 'To the customer, or among the team.' })
  type: string;

  @StringField({ description: BODY, max: MAX_BODY_LENGTH, example: EXAMPLE })
  body: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'How `body` is written.' })
  content_type: string;

  @UuidListField({ description: 'Files that go with it.', example: [] })
  attachment_ids: string[];

  @DateField({ description: 'When it is to be sent; a draft may have no time yet.', nullable: true })
  send_at: string | null;

  @EnumField(SCHEDULED_MESSAGE_STATUSES, {
    description:
      '`draft` waits for nothing, `pending` for its time. It is sent if the conversation is open or pending then, else it has `failed`.',
    example: 'pending',
  })
  status: string;

  @StringField({ description: 'Why it could not be sent.', nullable: true, max: 2000, example: null })
  error: string | null;

  @UuidField({ description: 'The message that it has become.', nullable: true, example: null })
  message_id: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a scheduled message; what is left out stays as it is. */
export class UpdateScheduledMessageDto {
  @EnumField(['reply', 'note'], { description: 'To the customer, or among the team. Default reply.', optional: true })
  type?: 'reply' | 'note';

  @StringField({ description: BODY, optional: true, max: MAX_BODY_LENGTH, example: EXAMPLE })
  body?: string;

  @EnumField(TEMPLATE_CONTENT_TYPES, { description: 'How `body` is written. Default text.', optional: true })
  content_type?: TemplateContentType;

  @UuidListField({ description: 'Files that go with it.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @DateField({
    description: 'When to send it: in the future, unless it is a draft.',
    optional: true,
    nullable: true,
    example: '2046-01-15T10:30:00.000Z',
  })
  send_at?: string | null;

  @EnumField(SETTABLE_STATUSES, {
    description: 'Default pending. What has failed is pending again once it is changed.',
    optional: true,
    example: 'pending',
  })
  status?: 'draft' | 'pending';
}

/** Something to say later. */
export class CreateScheduledMessageDto extends UpdateScheduledMessageDto {
  @UuidField({ description: 'The conversation to say it in.' })
  conversation_id: string;
}

/** Which scheduled messages to list. */
export class ScheduledMessageListQueryDto extends TimedPageQueryDto {
  @UuidField({ description: 'Only those of this conversation.', optional: true })
  conversation_id?: string;

  @ListQueryField({ description: 'Only these statuses.', values: SCHEDULED_MESSAGE_STATUSES, example: 'pending' })
  status?: string[];

  @ListQueryField({ description: 'Only those in the name of these users: ids, or `me`.', example: 'me' })
  author_id?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** The request in the domain's names; what was left out stays out. */
export function toUpdateScheduledMessageInput(dto: UpdateScheduledMessageDto): Partial<ScheduledMessageInput> {
  const { type, body, content_type: contentType, attachment_ids: attachmentIds, send_at, status } = dto;
  const sendAt = send_at == null ? send_at : new Date(send_at).toISOString();
  return omitUndefined({ type, body, contentType, attachmentIds, sendAt, status });
}

/** Puts a scheduled message on the wire. */
export function toScheduledMessageDto(view: ScheduledMessageView): ScheduledMessageDto {
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
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
