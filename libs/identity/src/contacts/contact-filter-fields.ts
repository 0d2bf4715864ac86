import { badRequestError } from '@parley/kernel';
import {
  defineFieldCatalogue,
  parseFilter,
  type FieldType,
  type FieldDefinition,
  type ValidFilter,
} from '@parley/kernel/filter';
import { BEHAVIOUR_FIELDS } from './contact-behaviour-fields.js';
import { CONTACT_KINDS, CONTACT_STATUSES } from './contact.view.js';

function field(
  name: string,
  type: FieldType,
  description: string,
  options: Partial<FieldDefinition> = {},
): FieldDefinition {
  return { name, type, description, nullable: true, sql: `c.${name}`, ...options };
}

/** What filters of contacts can name; the table stands under the alias `c`. */
export const CONTACT_FIELDS = defineFieldCatalogue({
  fields: [
    field('id', 'id', 'Id of the contact.', { nullable: false }),
    field('identifier', 'text', 'Your own id of this person.'),
    field('name', 'text', 'Full name.'),
    field('email', 'text', 'The e-mail that is used first.'),
    field('emails', 'text_list', 'All e-mails.', {
      nullable: false,
      sql: `array_remove(c.email || c.other_emails, null)`,
    }),
    field('phone', 'text', 'The telephone number that is used first.'),
    field('phones', 'text_list', 'All telephone numbers.', {
      nullable: false,
      sql: `array_remove(c.phone || c.other_phones, null)`,
    }),
    field('company', 'text', 'Name of their company.'),
    field('company_id', 'id', 'The company they belong to.'),
    field('tags', 'text_list', 'Tags on the contact.', { nullable: false }),
    field('status', 'enum', 'Whether they are written to.', { nullable: false, values: CONTACT_STATUSES }),
    field('kind', 'enum', 'Whether it is known who they are.', {
      nullable: false,
      values: CONTACT_KINDS,
      sql: `case when c.identifier is null and c.email is null and c.phone is null then 'anonymous' else 'identified' end`,
    }),
    field('blocked', 'boolean', 'Whether they are kept from writing in.', { nullable: false }),
    field('conversation_count', 'number', 'Conversations they have begun.', { nullable: false }),
    field('ticket_count', 'number', 'Tickets they have raised.', { nullable: false }),
    field('last_seen_at', 'date', 'When they wrote last.'),
    field('created_at', 'date', 'When they were met first.', { nullable: false }),
    field('updated_at', 'date', 'When anything was changed last.', { nullable: false }),
    field('company.tags', 'text_list', 'Tags on their company.', {
      nullable: false,
      sql: `coalesce((select k.tags from identity.companies k where k.id = c.company_id), '{}')`,
    }),
    ...BEHAVIOUR_FIELDS,
  ],
  families: [
    { prefix: 'custom_fields.', sql: 'c.custom_fields', description: 'Fields of your own on the contact.' },
    {
      prefix: 'company.custom_fields.',
      sql: `coalesce((select k.custom_fields from identity.companies k where k.id = c.company_id), '{}')`,
      description: 'Fields of your own on their company.',
    },
  ],
});

/** Checks a filter of contacts as it came in. @throws DomainError BAD_REQUEST with every fault by its path. */
export function parseContactFilter(filter: unknown): ValidFilter {
  const parsed = parseFilter(filter, CONTACT_FIELDS, { purpose: 'sql' });
  if (parsed.ok) return parsed.filter;
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.issues) (errors[path] ??= []).push(message);
  throw badRequestError(errors, 'The filter is not valid');
}
