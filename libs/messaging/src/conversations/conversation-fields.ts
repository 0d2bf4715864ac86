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

/** What filters can name of a conversation, in SQL of the table under the alias `c` as well as in memory. */
export const CONVERSATION_FIELDS: readonly FieldDefinition[] = [
  requiredField('number', 'number', 'Its number in the workspace.'),
  nullableField('subject', 'text', 'What it is about.'),
  requiredField('status', 'enum', 'Where it stands.', { values: CONVERSATION_STATUSES }),
  requiredField('priority', 'enum', 'How urgent it is.', { values: PRIORITIES }),
  requiredField('channel', 'text', 'The way it came in.'),
  nullableField('assignee_id', 'id', 'The user who has it.'),
  nullableField('team_id', 'id', 'The team that has it.'),
  nullableField('inbox_id', 'id', 'The inbox it arrived in.'),
  requiredField('contact_id', 'id', 'The customer.'),
  requiredField('tags', 'text_list', 'Its tags.'),
  requiredField('unread_count', 'number', 'Customer messages that nobody has read or answered yet.'),
  requiredField('message_count', 'number', 'Messages in it.'),
  requiredField('reopen_count', 'number', 'How often it was opened again.'),
  requiredField('created_at', 'date', 'When it began.'),
  requiredField('last_activity_at', 'date', 'When something was said last.'),
  nullableField('waiting_since', 'date', 'When the oldest unanswered customer message came.'),
  nullableField('first_replied_at', 'date', 'When a person first replied.'),
  nullableField('resolved_at', 'date', 'When it was resolved.'),
  nullableField('snoozed_until', 'date', 'When its snooze ends.'),
  hoursSinceField('hours_since_created', 'created_at', 'Hours since it began.'),
  hoursSinceField(
    'hours_since_last_customer_message',
    'last_customer_message_at',
    'Hours since the customer last wrote.',
  ),
  hoursSinceField('hours_since_last_agent_reply', 'last_agent_reply_at', 'Hours since a person last replied.'),
  hoursSinceField('hours_since_resolved', 'resolved_at', 'Hours since it was resolved.'),
];

/** The open sets of fields of a conversation. */
export const CONVERSATION_FAMILIES: readonly FieldFamily[] = [
  { prefix: 'custom_fields.', sql: 'c.custom_fields', description: 'Fields of your own on the conversation.' },
  { prefix: 'metadata.', sql: 'c.metadata', description: 'Whatever programs keep with the conversation.' },
];

const CONTACT_FIELDS: readonly FieldDefinition[] = [
  { name: 'contact.name', type: 'text', description: 'Name of the customer.', nullable: true, sql: 'contact.name' },
  { name: 'contact.email', type: 'text', description: 'E-mail of the customer.', nullable: true, sql: 'contact.email' },
  {
    name: 'contact.phone',
    type: 'text',
    description: 'Telephone number of the customer.',
    nullable: true,
    sql: 'contact.phone',
  },
  {
    name: 'contact.blocked',
    type: 'boolean',
    description: 'Whether the customer is kept from writing in.',
    nullable: true,
    sql: 'contact.blocked',
  },
];

const PARTICIPANT_IDS_FIELD: FieldDefinition = {
  name: 'participant_ids',
  type: 'text_list',
  description: 'The users who follow it.',
  nullable: false,
  sql: `array(select p.user_id::text from messaging.participants p where p.conversation_id = c.id)`,
};

/** What filters over conversations can name; the customer under the alias `contact`. */
export const CONVERSATION_FILTER_FIELDS = defineFieldCatalogue({
  fields: [...CONVERSATION_FIELDS, ...CONTACT_FIELDS, PARTICIPANT_IDS_FIELD],
  families: CONVERSATION_FAMILIES,
});
