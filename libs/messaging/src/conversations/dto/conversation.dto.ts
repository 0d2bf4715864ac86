import {
  EnumField,
  EmailField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { CONVERSATION_STATUSES, PRIORITIES, type ConversationView, type LastMessage } from '../conversation.view.js';

/** An id with its name. */
export class NamedRefDto {
  @UuidField({ description: 'Id.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'Billing' })
  name: string | null;
}

/** The customer of a conversation. */
export class ConversationContactDto extends NamedRefDto {
  @EmailField({ description: 'Where mail reaches them.', nullable: true, example: 'john@example.com' })
  email: string | null;
}

/** The newest message, in short. */
export class LastMessageDto {
  @UuidField({ description: 'Id of the message.' })
  id: string;

  @StringField({
    description: '`comment` from the customer, `reply` to the customer, `note` among the team, `system`.',
    example: 'comment',
  })
  type: string;

  @StringField({ description: 'The first 200 characters.', example: 'Where is my invoice?' })
  body: string;

  @StringField({ description: 'What kind of author wrote it.', example: 'contact' })
  author_type: string;

  @StringField({ description: 'Who wrote it.', nullable: true, example: 'John Doe' })
  author_name: string | null;

  @DateField({ description: 'When it was written.' })
  created_at: string;
}

/** A conversation with a customer. */
export class ConversationDto {
  @UuidField({ description: 'Id of the conversation.' })
  id: string;

  @IntegerField({
    description: 'Its number in the workspace, for people to say aloud. Grows; gaps are possible.',
    example: 42,
  })
  number: number;

  @StringField({ description: 'What it is about.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @EnumField(CONVERSATION_STATUSES, {
    description:
      '`pending` waits for the customer, `snoozed` for a time, `resolved` reopens when the customer writes, `closed` does not.',
  })
  status: string;

  @EnumField(PRIORITIES, { description: 'How urgent it is.', example: 'normal' })
  priority: string;

  @StringField({ description: 'The way it came in.', example: 'email' })
  channel: string;

  @NestedField(() => NamedRefDto, { description: 'The user who works on it.', nullable: true })
  assignee: NamedRefDto | null;

  @NestedField(() => NamedRefDto, { description: 'The team that works on it.', nullable: true })
  team: NamedRefDto | null;

  @NestedField(() => NamedRefDto, { description: 'The inbox it arrived in.', nullable: true })
  inbox: NamedRefDto | null;

  @NestedField(() => ConversationContactDto, { description: 'The customer.' })
  contact: ConversationContactDto;

  @StringListField({ description: 'Tags.', example: ['billing'] })
  tags: string[];

  @JsonObjectField({ description: 'Fields of your own.', example: { order_id: '4711' } })
  custom_fields: Record<string, unknown>;

  @JsonObjectField({ description: 'Whatever programs keep with it.', example: {} })
  metadata: Record<string, unknown>;

  @StringField({ description: 'Your own id of it; unique in the workspace.', nullable: true, example: null })
  external_id: string | null;

  @UuidField({
    description: 'The conversation that it was merged into and goes on in; it stays closed until that is undone.',
    nullable: true,
    example: null,
  })
  merged_into: string | null;

  @DateField({
    description: 'When the snooze ends; null while not snoozed, or until the customer writes.',
    nullable: true,
    example: null,
  })
  snoozed_until: string | null;

  @DateField({
    description: 'When the oldest customer message came that no person has answered; null when all are answered.',
    nullable: true,
  })
  waiting_since: string | null;

  @DateField({ description: 'When a person first replied.', nullable: true, example: null })
  first_replied_at: string | null;

  @DateField({ description: 'When something was said last.' })
  last_activity_at: string;

  @DateField({ description: 'When it was resolved; null while it is not.', nullable: true, example: null })
  resolved_at: string | null;

  @DateField({ description: 'When it was closed; null while it is not.', nullable: true, example: null })
  closed_at: string | null;

  @IntegerField({ description: 'How often it was opened again.', example: 0 })
  reopen_count: number;

  @IntegerField({ description: 'Messages in it, notes included.', example: 1 })
  message_count: number;

  @IntegerField({
    description:
      'Customer messages that nobody of the team has read or answered yet; none once it is resolved or closed.',
    example: 1,
  })
  unread_count: number;

  @NestedField(() => LastMessageDto, { description: 'The newest message, in short.', nullable: true })
  last_message: LastMessage | null;

  @IntegerField({
    description: 'Grows when the conversation itself is changed, not with messages; also the `ETag`.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'When it began.' })
  created_at: string;

  @DateField({ description: 'When anything here changed last, messages included.' })
  updated_at: string;
}

/** Puts a conversation on the wire. */
export function toConversationDto(view: ConversationView): ConversationDto {
  return {
    id: view.id,
    number: view.number,
    subject: view.subject,
    status: view.status,
    priority: view.priority,
    channel: view.channel,
    assignee: view.assignee,
    team: view.team,
    inbox: view.inbox,
    contact: view.contact,
    tags: view.tags as string[],
    custom_fields: view.customFields,
    metadata: view.metadata,
    external_id: view.externalId,
    merged_into: view.mergedInto,
    snoozed_until: view.snoozedUntil,
    waiting_since: view.waitingSince,
    first_replied_at: view.firstRepliedAt,
    last_activity_at: view.lastActivityAt,
    resolved_at: view.resolvedAt,
    closed_at: view.closedAt,
    reopen_count: view.reopenCount,
    message_count: view.messageCount,
    unread_count: view.unreadCount,
    last_message: view.lastMessage,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
