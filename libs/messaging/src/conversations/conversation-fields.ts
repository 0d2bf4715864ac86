import { defineFieldCatalogue, type FieldDefinition, type FieldFamily, type FieldType } from '@parley/kernel/filter';
import { memberOfCustomFields, TAG_FIELD_OPTIONS } from '@parley/identity';
import { INBOX, TEAM, USER } from '@parley/teams';
import { CONVERSATION_STATUSES, PRIORITIES, type ConversationView } from './conversation.view.js';

/** A conversation field with its value in memory. */
export interface ConversationField extends FieldDefinition {
  readonly read: (conversation: ConversationView, now: Date) => unknown;
}

type Reader = ConversationField['read'];

const HOUR_MS = 3_600_000;

function requiredField(name: string, type: FieldType, description: string, read: Reader): ConversationField {
  return { name, type, description, nullable: false, sql: `c.${name}`, read };
}

function nullableField(name: string, type: FieldType, description: string, read: Reader): ConversationField {
  return { ...requiredField(name, type, description, read), nullable: true };
}

function enumField(name: string, values: readonly string[], description: string, read: Reader): ConversationField {
  return { ...requiredField(name, 'enum', description, read), values };
}

function hoursSinceField(
  name: string,
  column: string,
  description: string,
  readTime: (conversation: ConversationView) => string | null,
): ConversationField {
  return {
    name,
    type: 'number',
    description,
    nullable: true,
    sql: `(extract(epoch from now() - c.${column}) / 3600)`,
    read: (conversation, now) => {
      const time = readTime(conversation);
      return time === null ? null : (now.getTime() - Date.parse(time)) / HOUR_MS;
    },
  };
}

/** Conversation fields for filters, in memory and in SQL. The SQL uses the table alias `c`. */
export const CONVERSATION_FIELDS: readonly ConversationField[] = [
  requiredField('number', 'number', 'Sequence number within the workspace.', (c) => c.number),
  nullableField('subject', 'text', 'Subject line.', (c) => c.subject),
  enumField('status', CONVERSATION_STATUSES, 'Status.', (c) => c.status),
  enumField('priority', PRIORITIES, 'Priority.', (c) => c.priority),
  requiredField('channel', 'text', 'Channel the conversation arrived through.', (c) => c.channel),
  { ...nullableField('assignee_id', 'id', 'ID of the assigned user.', (c) => c.assigneeId), refersTo: USER },
  { ...nullableField('team_id', 'id', 'ID of the assigned team.', (c) => c.teamId), refersTo: TEAM },
  { ...nullableField('inbox_id', 'id', 'ID of the inbox.', (c) => c.inboxId), refersTo: INBOX },
  requiredField('contact_id', 'id', 'ID of the contact.', (c) => c.contactId),
  { ...requiredField('tags', 'text_list', 'Tags.', (c) => c.tags), ...TAG_FIELD_OPTIONS },
  requiredField(
    'unread_count',
    'number',
    'Number of customer messages that no agent has read or answered.',
    (c) => c.unreadCount,
  ),
  requiredField('message_count', 'number', 'Number of messages.', (c) => c.messageCount),
  requiredField('reopen_count', 'number', 'Number of times the conversation was reopened.', (c) => c.reopenCount),
  requiredField('created_at', 'date', 'Time of creation.', (c) => c.createdAt),
  requiredField('last_activity_at', 'date', 'Time of the last message.', (c) => c.lastActivityAt),
  nullableField('waiting_since', 'date', 'Time of the oldest unanswered customer message.', (c) => c.waitingSince),
  nullableField('first_replied_at', 'date', 'Time of the first reply by a user.', (c) => c.firstRepliedAt),
  nullableField('resolved_at', 'date', 'Time of resolution.', (c) => c.resolvedAt),
  nullableField('snoozed_until', 'date', 'Time the snooze ends.', (c) => c.snoozedUntil),
  hoursSinceField('hours_since_created', 'created_at', 'Hours since creation.', (c) => c.createdAt),
  hoursSinceField(
    'hours_since_last_customer_message',
    'last_customer_message_at',
    'Hours since the last customer message.',
    (c) => c.lastCustomerMessageAt,
  ),
  hoursSinceField(
    'hours_since_last_agent_reply',
    'last_agent_reply_at',
    'Hours since the last reply by a user.',
    (c) => c.lastAgentReplyAt,
  ),
  hoursSinceField('hours_since_resolved', 'resolved_at', 'Hours since resolution.', (c) => c.resolvedAt),
];

/** Field families of a conversation: any name with the prefix is a field. */
export const CONVERSATION_FAMILIES: readonly FieldFamily[] = [
  {
    prefix: 'custom_fields.',
    sql: 'c.custom_fields',
    memberOf: memberOfCustomFields('conversation'),
    description: 'Custom fields of the conversation.',
  },
  { prefix: 'metadata.', sql: 'c.metadata', description: 'Metadata of the conversation.' },
];

const CONTACT_FIELDS: readonly FieldDefinition[] = [
  { name: 'contact.name', type: 'text', description: "Contact's name.", nullable: true, sql: 'contact.name' },
  {
    name: 'contact.email',
    type: 'text',
    description: "Contact's e-mail address.",
    nullable: true,
    sql: 'contact.email',
  },
  {
    name: 'contact.phone',
    type: 'text',
    description: "Contact's phone number.",
    nullable: true,
    sql: 'contact.phone',
  },
  {
    name: 'contact.blocked',
    type: 'boolean',
    description: 'True if the contact is blocked.',
    nullable: true,
    sql: 'contact.blocked',
  },
];

const PARTICIPANT_IDS_FIELD: FieldDefinition = {
  name: 'participant_ids',
  type: 'text_list',
  description: 'IDs of the users who follow the conversation.',
  nullable: false,
  refersTo: USER,
  sql: `array(select p.user_id::text from messaging.participants p where p.conversation_id = c.id)`,
};

/** Fields of conversation filters. The SQL uses the alias `contact` for the customer. */
export const CONVERSATION_FILTER_FIELDS = defineFieldCatalogue({
  fields: [...CONVERSATION_FIELDS, ...CONTACT_FIELDS, PARTICIPANT_IDS_FIELD],
  families: CONVERSATION_FAMILIES,
  listedAt: 'GET /v1/conversations/fields',
});
