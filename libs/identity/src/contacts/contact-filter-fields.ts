import {
  defineFieldCatalogue,
  invalidFilterError,
  parseFilter,
  type FieldType,
  type FieldDefinition,
  type ValidFilter,
} from '@parley/kernel/filter';
import { BEHAVIOUR_FIELDS } from './contact-behaviour-fields.js';
import { CONTACT_KINDS, CONTACT_STATUSES } from './contact.view.js';
import { COMPANY, memberOfCustomFields } from '../identity.references.js';
import { TAG_FIELD_OPTIONS } from '../tag-names/tag-key.js';

function field(
  name: string,
  type: FieldType,
  description: string,
  options: Partial<FieldDefinition> = {},
): FieldDefinition {
  return { name, type, description, nullable: true, sql: `c.${name}`, ...options };
}

/** Fields that contact filters can use. The table has the alias `c`. */
export const CONTACT_FIELDS = defineFieldCatalogue({
  fields: [
    field('id', 'id', 'Contact ID.', { nullable: false }),
    field('identifier', 'text', 'External ID of the contact.'),
    field('name', 'text', 'Full name.'),
    field('email', 'text', 'Primary e-mail address.'),
    field('emails', 'text_list', 'All e-mail addresses.', {
      nullable: false,
      sql: `array_remove(c.email || c.other_emails, null)`,
    }),
    field('phone', 'text', 'Primary phone number.'),
    field('phones', 'text_list', 'All phone numbers.', {
      nullable: false,
      sql: `array_remove(c.phone || c.other_phones, null)`,
    }),
    field('company', 'text', 'Company name.'),
    field('company_id', 'id', "ID of the contact's company.", { refersTo: COMPANY }),
    field('tags', 'text_list', 'Tags of the contact.', { nullable: false, ...TAG_FIELD_OPTIONS }),
    field('status', 'enum', 'Messaging status.', { nullable: false, values: CONTACT_STATUSES }),
    field('kind', 'enum', '`identified` if the contact has an identifier, e-mail or phone number, else `anonymous`.', {
      nullable: false,
      values: CONTACT_KINDS,
      sql: `case when c.identifier is null and c.email is null
        and c.phone is null then 'anonymous' else 'identified' end`,
    }),
    field('blocked', 'boolean', 'True if the contact is blocked.', { nullable: false }),
    field('conversation_count', 'number', 'Number of conversations that the contact started.', { nullable: false }),
    field('ticket_count', 'number', 'Number of tickets of the contact.', { nullable: false }),
    field('last_seen_at', 'date', "Time of the contact's last message."),
    field('created_at', 'date', 'Creation time.', { nullable: false }),
    field('updated_at', 'date', 'Time of the last update.', { nullable: false }),
    field('company.tags', 'text_list', "Tags of the contact's company.", {
      nullable: false,
      sql: `coalesce((select k.tags from identity.companies k where k.id = c.company_id), '{}')`,
      ...TAG_FIELD_OPTIONS,
    }),
    ...BEHAVIOUR_FIELDS,
  ],
  families: [
    {
      prefix: 'custom_fields.',
      sql: 'c.custom_fields',
      memberOf: memberOfCustomFields('contact'),
      description: 'Custom fields of the contact.',
    },
    {
      prefix: 'company.custom_fields.',
      sql: `coalesce((select k.custom_fields from identity.companies k where k.id = c.company_id), '{}')`,
      memberOf: memberOfCustomFields('company'),
      description: "Custom fields of the contact's company.",
    },
  ],
  listedAt: 'GET /v1/contacts/fields',
});

/** Validates a contact filter. @throws DomainError BAD_REQUEST with all issues by path. */
export function parseContactFilter(filter: unknown): ValidFilter {
  const parsed = parseFilter(filter, CONTACT_FIELDS, { purpose: 'sql' });
  if (parsed.ok) return parsed.filter;
  throw invalidFilterError(parsed.issues, 'The filter is not valid');
}
