import { defineFieldCatalogue, type FieldDefinition, type FieldType } from '@parley/kernel/filter';
import { AUTHOR_TYPES, CONVERSATION_FAMILIES, CONVERSATION_FIELDS, MESSAGE_TYPES } from '@parley/messaging';

/** Who set off what a rule is looking at. */
export const INITIATORS = ['contact', 'user', 'automation', 'api', 'system'] as const;

function defineField(name: string, type: FieldType, description: string, values?: readonly string[]): FieldDefinition {
  return { name, type, description, nullable: true, ...(values && { values }) };
}

const CONTACT_FIELDS: FieldDefinition[] = [
  defineField('contact.name', 'text', 'Name of the customer.'),
  defineField('contact.email', 'text', 'E-mail of the customer.'),
  defineField('contact.phone', 'text', 'Telephone number of the customer.'),
  defineField('contact.company', 'text', 'Company of the customer.'),
  defineField('contact.identifier', 'text', 'Your own id of the customer.'),
  defineField('contact.tags', 'text_list', 'Tags on the customer.'),
  defineField('contact.status', 'enum', 'Whether the customer is written to.', ['active', 'inactive', 'unsubscribed']),
  defineField('contact.blocked', 'boolean', 'Whether the customer is kept from writing in.'),
  defineField('contact.conversation_count', 'number', 'Conversations the customer has begun.'),
  defineField('contact.created_at', 'date', 'When the customer was met first.'),
];

const MESSAGE_FIELDS: FieldDefinition[] = [
  defineField(
    'message.body',
    'text',
    'What was said: the message that set the rule off, or the one that the conversation began with.',
  ),
  defineField('message.type', 'enum', 'Who spoke to whom.', MESSAGE_TYPES),
  defineField('message.author_type', 'enum', 'What kind of author wrote it.', AUTHOR_TYPES),
  defineField('message.author_id', 'id', 'Who wrote it.'),
  defineField('message.content_type', 'text', 'How it is written.'),
  defineField('message.attachment_count', 'number', 'Files on it.'),
];

/** What the filters of rules can name. Evaluated in memory against one conversation and the event that set the rule off. */
export const AUTOMATION_FIELDS = defineFieldCatalogue({
  fields: [
    ...CONVERSATION_FIELDS,
    ...CONTACT_FIELDS,
    ...MESSAGE_FIELDS,
    defineField('initiator', 'enum', 'Who set it off.', INITIATORS),
    defineField('event', 'text', 'Name of the event.'),
  ],
  families: [
    ...CONVERSATION_FAMILIES,
    { prefix: 'contact.custom_fields.', description: 'Fields of your own on the customer.' },
  ],
  events: true,
});
