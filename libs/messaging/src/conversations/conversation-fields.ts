import { defineFieldCatalogue, type FieldDefinition, type FieldFamily, type FieldType } from '@parley/kernel/filter';
import { CONVERSATION_STATUSES, PRIORITIES } from './conversation.view.js';

type FieldDetails = Omit<FieldDefinition, 'name' | 'type' | 'description' | 'sql'>;

function requiredField(
  name: string,
  type: FieldType,
  description: string,
  options: Partial<FieldDetails> = {},
): FieldDefinition {
  return { name, type, description, nullable: false, sql: `c.${name}`, ...options };
}

function nullableField(name: string, type: FieldType, description: string): FieldDefinition {
  return requiredField(name, type, description, { nullable: true });
}

function hoursSinceField(name: string, column: string, description: string): FieldDefinition {
  return { name, type: 'number', description, nullable: true, sql: `(extract(epoch from now() - c.${column}) / 3600)` };
}

/** Conversation fields for filters, in memory and in SQL. The SQL uses the table alias `c`. */
export const CONVERSATION_FIELDS: readonly FieldDefinition[] = [
  requiredField('number', 'number', 'Sequence number within the workspace.'),
  nullableField('subject', 'text', 'Subject line.'),
  requiredField('status', 'enum', 'Status.', { values: CONVERSATION_STATUSES }),
  requiredField('priority', 'enum', 'Priority.', { values: PRIORITIES }),
  requiredField('channel', 'text', 'Channel the conversation arrived through.'),
  nullableField('assignee_id', 'id', 'ID of the assigned user.'),
  nullableField('team_id', 'id', 'ID of the assigned team.'),
  nullableField('inbox_id', 'id', 'ID of the inbox.'),
  requiredField('contact_id', 'id', 'ID of the contact.'),
  requiredField('tags', 'text_list', 'Tags.'),
  requiredField('unread_count', 'number', 'Number of customer messages that no agent has read or answered.'),
  requiredField('message_count', 'number', 'Number of messages.'),
  requiredField('reopen_count', 'number', 'Number of times the conversation was reopened.'),
  requiredField('created_at', 'date', 'Time of creation.'),
  requiredField('last_activity_at', 'date', 'Time of the last message.'),
  nullableField('waiting_since', 'date', 'Time of the oldest unanswered customer message.'),
  nullableField('first_replied_at', 'date', 'Time of the first reply by a user.'),
  nullableField('resolved_at', 'date', 'Time of resolution.'),
  nullableField('snoozed_until', 'date', 'Time the snooze ends.'),
  hoursSinceField('hours_since_created', 'created_at', 'Hours since creation.'),
  hoursSinceField(
    'hours_since_last_customer_message',
    'last_customer_message_at',
    'Hours since the last customer message.',
  ),
  hoursSinceField('hours_since_last_agent_reply', 'last_agent_reply_at', 'Hours since the last reply by a user.'),
  hoursSinceField('hours_since_resolved', 'resolved_at', 'Hours since resolution.'),
];

/** Field families of a conversation: any name with the prefix is a field. */
export const CONVERSATION_FAMILIES: readonly FieldFamily[] = [
  { prefix: 'custom_fields.', sql: 'c.custom_fields', description: 'Custom fields of the conversation.' },
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
  sql: `array(select p.user_id::text from messaging.participants p where p.conversation_id = c.id)`,
};

/** Fields of conversation filters. The SQL uses the alias `contact` for the customer. */
export const CONVERSATION_FILTER_FIELDS = defineFieldCatalogue({
  fields: [...CONVERSATION_FIELDS, ...CONTACT_FIELDS, PARTICIPANT_IDS_FIELD],
  families: CONVERSATION_FAMILIES,
});
