import { isAnonymous, type ContactView } from '../contacts/contact.view.js';

const FIELD_READERS: Readonly<Record<string, (contact: ContactView) => unknown>> = {
  id: ({ id }) => id,
  identifier: ({ identifier }) => identifier,
  name: ({ name }) => name,
  email: ({ email }) => email,
  emails: ({ email, otherEmails }) => (email === null ? [] : [email, ...otherEmails]),
  phone: ({ phone }) => phone,
  phones: ({ phone, otherPhones }) => (phone === null ? [] : [phone, ...otherPhones]),
  company: ({ company }) => company,
  company_id: ({ companyId }) => companyId,
  tags: ({ tags }) => tags,
  status: ({ status }) => status,
  kind: (contact) => (isAnonymous(contact) ? 'anonymous' : 'identified'),
  blocked: ({ blocked }) => blocked,
  conversation_count: ({ conversationCount }) => conversationCount,
  ticket_count: ({ ticketCount }) => ticketCount,
  last_seen_at: ({ lastSeenAt }) => lastSeenAt,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  custom_fields: ({ customFields }) => customFields,
};

const CUSTOM_FIELDS_PREFIX = 'custom_fields.';

/** Fields of a contact that can be exported, in addition to `custom_fields.<key>`. */
export const EXPORT_FIELDS: readonly string[] = Object.keys(FIELD_READERS);

/** The names that are not export fields. */
export function filterUnknownExportFields(names: readonly string[]): string[] {
  return names.filter(
    (name) =>
      !Object.hasOwn(FIELD_READERS, name) &&
      !(name.startsWith(CUSTOM_FIELDS_PREFIX) && name.length > CUSTOM_FIELDS_PREFIX.length),
  );
}

/** JSON value of a field; null if the contact has none. */
export function readExportField(contact: ContactView, name: string): unknown {
  if (Object.hasOwn(FIELD_READERS, name)) return FIELD_READERS[name]!(contact);
  const key = name.slice(CUSTOM_FIELDS_PREFIX.length);
  return Object.hasOwn(contact.customFields, key) ? contact.customFields[key] : null;
}

/** CSV cell of a field, see {@link toCsvCell}. */
export function readExportCell(contact: ContactView, name: string): string {
  return toCsvCell(readExportField(contact, name));
}

/**
 * CSV cell of a JSON value. Lists of strings are comma-separated, unless a string contains a separator; other lists and
 * objects are written as JSON.
 */
export function toCsvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every(isPlainItem)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** True if the import of contacts reads the string unchanged from a comma-separated list. */
function isPlainItem(item: unknown): boolean {
  return typeof item === 'string' && /^[^\s,;|[](?:[^,;|\n]*[^\s,;|])?$/.test(item) && !item.includes(':::');
}
