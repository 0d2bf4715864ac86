import type { UpsertKey } from './import.view.js';

/** Contact fields that columns can be mapped to, in addition to `custom_fields.<key>`. */
export const IMPORT_FIELDS = [
  'identifier',
  'email',
  'name',
  'phone',
  'company',
  'status',
  'tags',
  'avatar_url',
] as const;

const CUSTOM_FIELD = /^custom_fields\.[^.\s][^\n]{0,99}$/;

/** Other column names, in lower case and letters only. */
const FIELD_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    emailaddress: 'email',
    mail: 'email',
    fullname: 'name',
    displayname: 'name',
    phonenumber: 'phone',
    telephone: 'phone',
    mobile: 'phone',
    companyname: 'company',
    organization: 'company',
    externalid: 'identifier',
    userid: 'identifier',
    customerid: 'identifier',
    labels: 'tags',
    avatar: 'avatar_url',
    avatarurl: 'avatar_url',
  }),
);

function normalize(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function guessField(column: string, definedKeys: readonly string[]): string | null {
  const letters = column.toLowerCase().replace(/[^a-z]/g, '');
  if (CUSTOM_FIELD.test(column)) return column;
  const field = IMPORT_FIELDS.find((candidate) => candidate.replace('_', '') === letters) ?? FIELD_ALIASES.get(letters);
  if (field) return field;
  const key =
    definedKeys.find((candidate) => candidate === column) ??
    definedKeys.find((candidate) => normalize(candidate) !== '' && normalize(candidate) === normalize(column));
  return key === undefined ? null : `custom_fields.${key}`;
}

/**
 * Guesses the field of each column by its name, including the keys of attribute definitions. Each field is used at most
 * once.
 */
export function guessMapping(header: readonly string[], definedKeys: readonly string[]): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const column of header) {
    const field = guessField(column, definedKeys);
    if (field && !Object.values(mapping).includes(field)) mapping[column] = field;
  }
  return mapping;
}

/** Columns that are not mapped. */
export function ignoredColumns(columns: readonly string[], mapping: Readonly<Record<string, string>>): string[] {
  return columns.filter((column) => column !== '' && !Object.hasOwn(mapping, column));
}

/** Messages about the faults of a mapping; empty if it is valid. */
export function validateMapping(
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
  upsertBy: UpsertKey,
): string[] {
  const errors: string[] = [];
  const fields = Object.values(mapping);
  for (const [column, field] of Object.entries(mapping)) {
    if (!header.includes(column))
      errors.push(
        `the file has no column "${column}"; its columns are ${header.map((name) => `"${name}"`).join(', ')}`.slice(
          0,
          1000,
        ),
      );
    if (!(IMPORT_FIELDS as readonly string[]).includes(field) && !CUSTOM_FIELD.test(field))
      errors.push(`"${field}" is not a contact field; use one of: ${IMPORT_FIELDS.join(', ')}, custom_fields.<key>`);
  }
  const duplicates = fields.filter((field, index) => fields.indexOf(field) !== index);
  if (duplicates.length > 0) errors.push(`more than one column is mapped to ${duplicates[0]}`);
  if (upsertBy !== 'none' && !fields.includes(upsertBy))
    errors.push(`no column is mapped to ${upsertBy}, which identifies existing contacts in this import`);
  if (!['identifier', 'email', 'name', 'phone'].some((field) => fields.includes(field)))
    errors.push('no column is mapped to identifier, email, name or phone; map at least one of them');
  return errors;
}
