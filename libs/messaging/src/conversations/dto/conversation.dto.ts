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

/** Reference to an object by id and name. */
export class NamedRefDto {
  @UuidField({ description: 'ID of the object.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'Sarah Chen' })
  name: string | null;
}

/** Customer of a conversation. */
export class ConversationContactDto extends NamedRefDto {
  @EmailField({ description: "Contact's e-mail address.", nullable: true, example: 'john@example.com' })
  email: string | null;
}

/** Summary of the newest message. */
export class LastMessageDto {
  @UuidField({ description: 'ID of the message.' })
  id: string;

  @StringField({
    description:
      'Message type: `comment` (from the customer), `reply` (to the customer), `note` (internal) or `system`.',
    example: 'comment',
  })
  type: string;

  @StringField({ description: 'First 200 characters of the message text.', max: 1600, example: 'Where is my invoice?' })
  body: string;

  @StringField({ description: 'Kind of author, for example `contact` or `user`.', example: 'contact' })
  author_type: string;

  @StringField({ description: "Author's name.", nullable: true, example: 'John Doe' })
  author_name: string | null;

  @DateField({ description: 'Time of creation.' })
  created_at: string;
}

/** Conversation with a customer. */
export class ConversationDto {
  @UuidField({ description: 'ID of the conversation.' })
  id: string;

  @IntegerField({
    description: 'Human-readable sequence number within the workspace. Gaps are possible.',
    example: 42,
  })
  number: number;

  @StringField({ description: 'Subject line.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @EnumField(CONVERSATION_STATUSES, {
    description:
      'Status. `pending` waits for the customer, `snoozed` waits until `snoozed_until`. `resolved` ' +
      'reopens when the customer writes; `closed` does not.',
  })
  status: string;

  @EnumField(PRIORITIES, { description: 'Priority.', example: 'normal' })
  priority: string;

  @StringField({ description: 'Channel the conversation arrived through.', example: 'email' })
  channel: string;

  @NestedField(() => NamedRefDto, { description: 'Assigned user.', nullable: true })
  assignee: NamedRefDto | null;

  @NestedField(() => NamedRefDto, { description: 'Assigned team.', nullable: true })
  team: NamedRefDto | null;

  @NestedField(() => NamedRefDto, { description: 'Inbox the conversation belongs to.', nullable: true })
  inbox: NamedRefDto | null;

  @NestedField(() => ConversationContactDto, { description: 'Contact of the conversation.' })
  contact: ConversationContactDto;

  @StringListField({ description: 'Tags.', example: ['billing'] })
  tags: string[];

  @JsonObjectField({ description: 'Values of custom fields.', example: { order_id: '4711' } })
  custom_fields: Record<string, unknown>;

  @JsonObjectField({ description: 'Arbitrary JSON for integrations.', example: {} })
  metadata: Record<string, unknown>;

  @StringField({ description: 'ID in an external system. Unique within the workspace.', nullable: true, example: null })
  external_id: string | null;

  @UuidField({
    description:
      'ID of the conversation that this one was merged into. While set, the conversation stays closed ' +
      'until the merge is undone. Null if you cannot see that conversation.',
    nullable: true,
    example: null,
  })
  merged_into: string | null;

  @DateField({
    description:
      'Time the snooze ends. Null if the conversation is not snoozed, or is snoozed until the customer writes.',
    nullable: true,
    example: null,
  })
  snoozed_until: string | null;

  @DateField({
    description: 'Time of the oldest customer message without a reply by a user. Null if all are answered.',
    nullable: true,
  })
  waiting_since: string | null;

  @DateField({ description: 'Time of the first reply by a user.', nullable: true, example: null })
  first_replied_at: string | null;

  @DateField({ description: 'Time of the last message.' })
  last_activity_at: string;

  @DateField({
    description: 'Time of resolution. Null if the conversation is not resolved.',
    nullable: true,
    example: null,
  })
  resolved_at: string | null;

  @DateField({ description: 'Time of closing. Null if the conversation is not closed.', nullable: true, example: null })
  closed_at: string | null;

  @IntegerField({ description: 'Number of times the conversation was reopened.', example: 0 })
  reopen_count: number;

  @IntegerField({ description: 'Number of messages, including notes.', example: 1 })
  message_count: number;

  @IntegerField({
    description:
      'Number of customer messages that no agent has read or answered. 0 for resolved and closed conversations.',
    example: 1,
  })
  unread_count: number;

  @NestedField(() => LastMessageDto, { description: 'Summary of the newest message.', nullable: true })
  last_message: LastMessage | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Not incremented by new messages.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last change, including new messages.' })
  updated_at: string;
}

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
    merged_into: view.isMergeTargetHidden ? null : view.mergedInto,
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
