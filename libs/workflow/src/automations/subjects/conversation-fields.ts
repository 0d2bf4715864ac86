import { defineFieldCatalogue, type FieldDefinition, type FieldType } from '@parley/kernel/filter';
import { memberOfCustomFields, TAG_FIELD_OPTIONS, type ContactView } from '@parley/identity';
import { USER } from '@parley/teams';
import {
  AUTHOR_TYPES,
  CONVERSATION_FAMILIES,
  CONVERSATION_FIELDS,
  MESSAGE_TYPES,
  type ConversationView,
  type MessageView,
} from '@parley/messaging';
import type { RuleEvent } from './rule-subject.js';

/** Kinds of initiators of an event. */
export const INITIATORS = ['contact', 'user', 'automation', 'api', 'system'] as const;

/** Data of rules on conversations. */
export interface ConversationFacts {
  readonly conversation: ConversationView;
  readonly contact: ContactView | null;
  readonly message: MessageView | null;
  readonly event: RuleEvent;
  readonly now: Date;
}

interface RuleField extends FieldDefinition {
  readonly read: (facts: ConversationFacts) => unknown;
}

function defineField(
  name: string,
  type: FieldType,
  description: string,
  read: RuleField['read'],
  values?: readonly string[],
): RuleField {
  return { name, type, description, nullable: true, read, ...(values && { values }) };
}

const CONTACT_FIELDS: readonly RuleField[] = [
  defineField('contact.name', 'text', "Contact's name.", ({ contact }) => contact?.name),
  defineField('contact.email', 'text', "Contact's e-mail address.", ({ contact }) => contact?.email),
  defineField('contact.phone', 'text', "Contact's phone number.", ({ contact }) => contact?.phone),
  defineField('contact.company', 'text', "Contact's company.", ({ contact }) => contact?.company),
  defineField(
    'contact.identifier',
    'text',
    "Contact's ID in an external system.",
    ({ contact }) => contact?.identifier,
  ),
  {
    ...defineField('contact.tags', 'text_list', "Contact's tags.", ({ contact }) => contact?.tags),
    ...TAG_FIELD_OPTIONS,
  },
  defineField('contact.status', 'enum', "Contact's status.", ({ contact }) => contact?.status, [
    'active',
    'inactive',
    'unsubscribed',
  ]),
  defineField('contact.blocked', 'boolean', 'True if the contact is blocked.', ({ contact }) => contact?.blocked),
  defineField(
    'contact.conversation_count',
    'number',
    'Number of conversations with the contact.',
    ({ contact }) => contact?.conversationCount,
  ),
  defineField('contact.created_at', 'date', 'Time the contact was created.', ({ contact }) => contact?.createdAt),
];

const MESSAGE_FIELDS: readonly RuleField[] = [
  defineField(
    'message.body',
    'text',
    'Text of the message that triggered the rule, or of the first message of a new conversation.',
    ({ message }) => message?.body,
  ),
  defineField('message.type', 'enum', 'Type of the message.', ({ message }) => message?.type, MESSAGE_TYPES),
  defineField(
    'message.author_type',
    'enum',
    'Kind of author of the message.',
    ({ message }) => message?.author.type,
    AUTHOR_TYPES,
  ),
  {
    ...defineField('message.author_id', 'id', 'ID of the author of the message.', ({ message }) => message?.author.id),
    mayReferTo: USER,
  },
  defineField('message.content_type', 'text', 'Content type of the message.', ({ message }) => message?.contentType),
  defineField(
    'message.attachment_count',
    'number',
    'Number of attachments of the message.',
    ({ message }) => message?.attachments.length,
  ),
];

const FIELDS: readonly RuleField[] = [
  ...CONVERSATION_FIELDS.map((field): RuleField => ({
    ...field,
    read: ({ conversation, now }) => field.read(conversation, now),
  })),
  ...CONTACT_FIELDS,
  ...MESSAGE_FIELDS,
  defineField('initiator', 'enum', 'Initiator of the event.', resolveInitiator, INITIATORS),
  defineField('event', 'text', 'Type of the event, as the rule waits for it.', ({ event }) => event.type),
];

const READERS: ReadonlyMap<string, RuleField['read']> = new Map(FIELDS.map(({ name, read }) => [name, read]));

const FAMILY_OBJECTS: readonly (readonly [prefix: string, read: (facts: ConversationFacts) => object | undefined])[] = [
  ['custom_fields.', ({ conversation }) => conversation.customFields],
  ['metadata.', ({ conversation }) => conversation.metadata],
  ['contact.custom_fields.', ({ contact }) => contact?.customFields],
];

/** Fields of rules on conversations, evaluated in memory. */
export const CONVERSATION_RULE_FIELDS = defineFieldCatalogue({
  fields: FIELDS,
  families: [
    ...CONVERSATION_FAMILIES,
    {
      prefix: 'contact.custom_fields.',
      memberOf: memberOfCustomFields('contact'),
      description: 'Custom fields of the contact.',
    },
  ],
  events: true,
  listedAt: 'GET /v1/automations/fields',
});

/** Value of a field of {@link CONVERSATION_RULE_FIELDS}. */
export function readConversationField(facts: ConversationFacts, name: string): unknown {
  const read = READERS.get(name);
  if (read) return read(facts);
  const family = FAMILY_OBJECTS.find(([prefix]) => name.startsWith(prefix));
  if (!family) return undefined;
  const [prefix, readObject] = family;
  const [object, key] = [readObject(facts) as Record<string, unknown> | undefined, name.slice(prefix.length)];
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Returns the initiator of an event. The initiator of a comment is always the contact. */
export function resolveInitiator({ event, message }: Pick<ConversationFacts, 'event' | 'message'>): string {
  if (message?.type === 'comment' && (event.type.startsWith('message.') || event.type === 'conversation.created'))
    return 'contact';
  const { kind } = event.actor;
  if (kind === 'api_key') return 'api';
  if (kind === 'workflow' || kind === 'ai_agent') return 'automation';
  return kind;
}
