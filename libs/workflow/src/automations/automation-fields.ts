import { defineFieldCatalogue, type FieldDefinition, type FieldType } from '@parley/kernel';
import { AUTHOR_TYPES, CONVERSATION_STATUSES, MESSAGE_TYPES, PRIORITIES } from '@parley/messaging';

/** Who set off what a rule is looking at. */
export const INITIATORS = ['contact', 'user', 'automation', 'api', 'system'] as const;

function field(name: string, type: FieldType, description: string, values?: readonly string[]): FieldDefinition {
  return { name, type, description, nullable: true, ...(values && { values }) };
}

const CONVERSATION: FieldDefinition[] = [
  field('number', 'number', 'Its number in the workspace.'),
  field('subject', 'text', 'What it is about.'),
  field('status', 'enum', 'Where it stands.', CONVERSATION_STATUSES),
  field('priority', 'enum', 'How urgent it is.', PRIORITIES),
  field('channel', 'text', 'The way it came in.'),
  field('assignee_id', 'id', 'The user who has it.'),
  field('team_id', 'id', 'The team that has it.'),
  field('inbox_id', 'id', 'The inbox it arrived in.'),
  field('contact_id', 'id', 'The customer.'),
  field('tags', 'text_list', 'Its tags.'),
  field('unread_count', 'number', 'Customer messages since a person last replied.'),
  field('message_count', 'number', 'Messages in it.'),
  field('reopen_count', 'number', 'How often it was opened again.'),
  field('created_at', 'date', 'When it began.'),
  field('last_activity_at', 'date', 'When something was said last.'),
  field('waiting_since', 'date', 'When the oldest unanswered customer message came.'),
  field('first_replied_at', 'date', 'When a person first replied.'),
  field('resolved_at', 'date', 'When it was resolved.'),
  field('snoozed_until', 'date', 'When its snooze ends.'),
  field('hours_since_created', 'number', 'Hours since it began.'),
  field('hours_since_last_customer_message', 'number', 'Hours since the customer last wrote.'),
  field('hours_since_last_agent_reply', 'number', 'Hours since a person last replied.'),
  field('hours_since_resolved', 'number', 'Hours since it was resolved.'),
];

const CONTACT: FieldDefinition[] = [
  field('contact.name', 'text', 'Name of the customer.'),
  field('contact.email', 'text', 'E-mail of the customer.'),
  field('contact.phone', 'text', 'Telephone number of the customer.'),
  field('contact.company', 'text', 'Company of the customer.'),
  field('contact.identifier', 'text', 'Your own id of the customer.'),
  field('contact.tags', 'text_list', 'Tags on the customer.'),
  field('contact.status', 'enum', 'Whether the customer is written to.', ['active', 'inactive', 'unsubscribed']),
  field('contact.blocked', 'boolean', 'Whether the customer is kept from writing in.'),
  field('contact.conversation_count', 'number', 'Conversations the customer has begun.'),
  field('contact.created_at', 'date', 'When the customer was met first.'),
];

const MESSAGE: FieldDefinition[] = [
  field('message.body', 'text', 'What was said: the message that set the rule off, or the one that the conversation began with.'),
  field('message.type', 'enum', 'Who spoke to whom.', MESSAGE_TYPES),
  field('message.author_type', 'enum', 'What kind of author wrote it.', AUTHOR_TYPES),
  field('message.author_id', 'id', 'Who wrote it.'),
  field('message.content_type', 'text', 'How it is written.'),
  field('message.attachment_count', 'number', 'Files on it.'),
];

/** What the filters of rules can name. Evaluated in memory against one conversation and the event that set the rule off. */
export const AUTOMATION_FIELDS = defineFieldCatalogue({
  fields: [...CONVERSATION, ...CONTACT, ...MESSAGE, field('initiator', 'enum', 'Who set it off.', INITIATORS), field('event', 'text', 'Name of the event.')],
  families: [
    { prefix: 'custom_fields.', description: 'Fields of your own on the conversation.' },
    { prefix: 'metadata.', description: 'Whatever programs keep with the conversation.' },
    { prefix: 'contact.custom_fields.', description: 'Fields of your own on the customer.' },
  ],
  events: true,
});
