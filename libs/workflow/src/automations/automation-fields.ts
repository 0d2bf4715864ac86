import { defineFieldCatalogue, type FieldDefinition, type FieldType } from '@parley/kernel';
import { AUTHOR_TYPES, CONVERSATION_FAMILIES, CONVERSATION_FIELDS, MESSAGE_TYPES } from '@parley/messaging';

/** Who set off what a rule is looking at. */
export const INITIATORS = ['contact', 'user', 'automation', 'api', 'system'] as const;

function field(name: string, type: FieldType, description: string, values?: readonly string[]): FieldDefinition {
  return { name, type, description, nullable: true, ...(values && { values }) };
}

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
  field(
    'message.body',
    'text',
    'What was said: the message that set the rule off, or the one that the conversation began with.',
  ),
  field('message.type', 'enum', 'Who spoke to whom.', MESSAGE_TYPES),
  field('message.author_type', 'enum', 'What kind of author wrote it.', AUTHOR_TYPES),
  field('message.author_id', 'id', 'Who wrote it.'),
  field('message.content_type', 'text', 'How it is written.'),
  field('message.attachment_count', 'number', 'Files on it.'),
];

/** What the filters of rules can name. Evaluated in memory against one conversation and the event that set the rule off. */
export const AUTOMATION_FIELDS = defineFieldCatalogue({
  fields: [
    ...CONVERSATION_FIELDS,
    ...CONTACT,
    ...MESSAGE,
    field('initiator', 'enum', 'Who set it off.', INITIATORS),
    field('event', 'text', 'Name of the event.'),
  ],
  families: [
    ...CONVERSATION_FAMILIES,
    { prefix: 'contact.custom_fields.', description: 'Fields of your own on the customer.' },
  ],
  events: true,
});
