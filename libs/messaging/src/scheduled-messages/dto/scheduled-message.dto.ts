import { Choice, givenFields, Id, IdList, Integer, QueryList, Text, Time, TimedPageQueryDto } from '@parley/kernel';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { PREPARED_TYPES, TEMPLATE_VARIABLES, type PreparedType } from '../../templates/templates.js';
import {
  SCHEDULED_STATUSES,
  type ScheduledMessageFields,
  type ScheduledMessageView,
} from '../scheduled-message.view.js';

const BODY = `What it says. Takes Liquid variables, filled in when it is sent: ${TEMPLATE_VARIABLES.map((name) => `\`${name}\``).join(', ')}.`;
const LONGEST_BODY = 20_000;
const EXAMPLE = 'Hello {{ contact.first_name }}, did that help?';
const SETTABLE = ['draft', 'pending'] as const;

/** Something that is to be said later. */
export class ScheduledMessageDto {
  @Id({ description: 'Id of the scheduled message.' })
  id: string;

  @Id({ description: 'The conversation it is to be said in.' })
  conversation_id: string;

  @Id({ description: 'User in whose name it is said; null for a service.', nullable: true })
  author_id: string | null;

  @Choice(['reply', 'note'], { description: 'To the customer, or among the team.' })
  type: string;

  @Text({ description: BODY, max: LONGEST_BODY, example: EXAMPLE })
  body: string;

  @Choice(PREPARED_TYPES, { description: 'How `body` is written.' })
  content_type: string;

  @IdList({ description: 'Files that go with it.', example: [] })
  attachment_ids: string[];

  @Time({ description: 'When it is to be sent; a draft may have no time yet.', nullable: true })
  send_at: string | null;

  @Choice(SCHEDULED_STATUSES, {
    description:
      '`draft` waits for nothing, `pending` for its time. It is sent if the conversation is open or pending then, else it has `failed`.',
    example: 'pending',
  })
  status: string;

  @Text({ description: 'Why it could not be sent.', nullable: true, max: 2000, example: null })
  error: string | null;

  @Id({ description: 'The message that it has become.', nullable: true, example: null })
  message_id: string | null;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When it was made.' })
  created_at: string;

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a scheduled message; what is left out stays as it is. */
export class UpdateScheduledMessageDto {
  @Choice(['reply', 'note'], { description: 'To the customer, or among the team. Default reply.', optional: true })
  type?: 'reply' | 'note';

  @Text({ description: BODY, optional: true, max: LONGEST_BODY, example: EXAMPLE })
  body?: string;

  @Choice(PREPARED_TYPES, { description: 'How `body` is written. Default text.', optional: true })
  content_type?: PreparedType;

  @IdList({ description: 'Files that go with it.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @Time({
    description: 'When to send it: in the future, unless it is a draft.',
    optional: true,
    nullable: true,
    example: '2046-01-15T10:30:00.000Z',
  })
  send_at?: string | null;

  @Choice(SETTABLE, {
    description: 'Default pending. What has failed is pending again once it is changed.',
    optional: true,
    example: 'pending',
  })
  status?: 'draft' | 'pending';
}

/** Something to say later. */
export class CreateScheduledMessageDto extends UpdateScheduledMessageDto {
  @Id({ description: 'The conversation to say it in.' })
  conversation_id: string;
}

/** Which scheduled messages to list. */
export class ScheduledMessageListQueryDto extends TimedPageQueryDto {
  @Id({ description: 'Only those of this conversation.', optional: true })
  conversation_id?: string;

  @QueryList({ description: 'Only these statuses.', values: SCHEDULED_STATUSES, example: 'pending' })
  status?: string[];

  @QueryList({ description: 'Only those in the name of these users: ids, or `me`.', example: 'me' })
  author_id?: string[];

  @Choice(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** The request in the domain's names; what was left out stays out. */
export function toScheduledMessageChange(dto: UpdateScheduledMessageDto): Partial<ScheduledMessageFields> {
  const { type, body, content_type: contentType, attachment_ids: attachmentIds, send_at, status } = dto;
  const sendAt = send_at == null ? send_at : new Date(send_at).toISOString();
  return givenFields({ type, body, contentType, attachmentIds, sendAt, status });
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
