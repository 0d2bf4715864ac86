import { defineFieldCatalogue, type FieldDefinition, type FieldType } from '@parley/kernel/filter';
import { AUTHOR_TYPES, CONVERSATION_FAMILIES, CONVERSATION_FIELDS, MESSAGE_TYPES } from '@parley/messaging';

/** Kinds of initiators of an event. */
export const INITIATORS = ['contact', 'user', 'automation', 'api', 'system'] as const;

function defineField(name: string, type: FieldType, description: string, values?: readonly string[]): FieldDefinition {
  return { name, type, description, nullable: true, ...(values && { values }) };
}

const CONTACT_FIELDS: FieldDefinition[] = [
  defineField('contact.name', 'text', "Contact's name."),
  defineField('contact.email', 'text', "Contact's e-mail address."),
  defineField('contact.phone', 'text', "Contact's phone number."),
  defineField('contact.company', 'text', "Contact's company."),
  defineField('contact.identifier', 'text', "Contact's ID in an external system."),
  defineField('contact.tags', 'text_list', "Contact's tags."),
  defineField('contact.status', 'enum', "Contact's status.", ['active', 'inactive', 'unsubscribed']),
  defineField('contact.blocked', 'boolean', 'True if the contact is blocked.'),
  defineField('contact.conversation_count', 'number', 'Number of conversations with the contact.'),
  defineField('contact.created_at', 'date', 'Time the contact was created.'),
];

const MESSAGE_FIELDS: FieldDefinition[] = [
  defineField(
    'message.body',
    'text',
    'Text of the message that triggered the rule, or of the first message of a new conversation.',
  ),
  defineField('message.type', 'enum', 'Type of the message.', MESSAGE_TYPES),
  defineField('message.author_type', 'enum', 'Kind of author of the message.', AUTHOR_TYPES),
  defineField('message.author_id', 'id', 'ID of the author of the message.'),
  defineField('message.content_type', 'text', 'Content type of the message.'),
  defineField('message.attachment_count', 'number', 'Number of attachments of the message.'),
];

/** Fields of rule filters, evaluated in memory against a conversation and the event that triggered the rule. */
export const AUTOMATION_FIELDS = defineFieldCatalogue({
  fields: [
    ...CONVERSATION_FIELDS,
    ...CONTACT_FIELDS,
    ...MESSAGE_FIELDS,
    defineField('initiator', 'enum', 'Initiator of the event.', INITIATORS),
    defineField('event', 'text', 'Type of the event.'),
  ],
  families: [
    ...CONVERSATION_FAMILIES,
    { prefix: 'contact.custom_fields.', description: 'Custom fields of the contact.' },
  ],
  events: true,
});
