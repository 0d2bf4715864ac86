import { findFieldByColumnName, normalizeColumnName } from './import-column-names.js';
import type { UpsertKey } from './import.view.js';

/** Contact fields that columns can be mapped to, in addition to `custom_fields.<key>`. */
export const IMPORT_FIELDS = [
  'identifier',
  'email',
  'emails',
  'name',
  'first_name',
  'last_name',
  'phone',
  'phones',
  'company',
  'status',
  'tags',
  'avatar_url',
  'custom_fields',
] as const;

/** Fields that more than one column can be mapped to. */
const LIST_FIELDS = new Set(['emails', 'phones', 'tags']);
/** The field of the second column that has the same meaning. */
const NEXT_FIELD: Readonly<Record<string, string>> = { email: 'emails', phone: 'phones' };
const IDENTIFYING_FIELDS = ['identifier', 'email', 'emails', 'name', 'first_name', 'last_name', 'phone', 'phones'];

const CUSTOM_FIELDS_PREFIX = 'custom_fields.';
const CUSTOM_FIELD = /^custom_fields\.[^.\s][^\n]{0,99}$/;

function normalize(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** By its own name, by the keys of attribute definitions, or by the names that other products use. */
function guessField(column: string, definedKeys: readonly string[]): string | null {
  if (CUSTOM_FIELD.test(column)) return column;
  const letters = normalizeColumnName(column);
  const field = IMPORT_FIELDS.find((candidate) => normalizeColumnName(candidate) === letters);
  if (field) return field;
  const key =
    definedKeys.find((candidate) => candidate === column) ??
    definedKeys.find((candidate) => normalize(candidate) !== '' && normalize(candidate) === normalize(column));
  return key === undefined ? findFieldByColumnName(column) : `custom_fields.${key}`;
}

/**
 * Guesses the field of each column by its name, including the keys of attribute definitions. Each field is used at most
 * once; further columns of e-mails and phone numbers are mapped to `emails` and `phones`.
 */
export function guessMapping(header: readonly string[], definedKeys: readonly string[]): Record<string, string> {
  const mapping = new Map<string, string>();
  for (const column of header) {
    const field = guessField(column, definedKeys);
    const used = [...mapping.values()];
    const free = field !== null && used.includes(field) && !LIST_FIELDS.has(field) ? NEXT_FIELD[field] : field;
    if (free) mapping.set(column, free);
  }
  return Object.fromEntries(splitNames(mapping));
}

/** Beside a column of first names, `Name` means the last name, and vice versa: `Vorname; Name`, `Nombre; Apellidos`. */
function splitNames(mapping: ReadonlyMap<string, string>): [string, string][] {
  const fields = new Set(mapping.values());
  const [hasFirst, hasLast] = [fields.has('first_name'), fields.has('last_name')];
  if (hasFirst === hasLast) return [...mapping];
  return [...mapping].map(([column, field]) => [
    column,
    field === 'name' ? (hasFirst ? 'last_name' : 'first_name') : field,
  ]);
}

/** Columns that are not mapped. */
export function ignoredColumns(columns: readonly string[], mapping: Readonly<Record<string, string>>): string[] {
  return columns.filter((column) => column !== '' && !Object.hasOwn(mapping, column));
}

/** Warnings about a valid mapping. */
export function mappingWarnings(mapping: Readonly<Record<string, string>>, definedKeys: readonly string[]): string[] {
  const keys = Object.values(mapping)
    .filter((field) => field.startsWith(CUSTOM_FIELDS_PREFIX))
    .map((field) => field.slice(CUSTOM_FIELDS_PREFIX.length));
  return keys
    .filter((key) => !definedKeys.includes(key))
    .map(
      (key) =>
        `custom_fields.${key} has no attribute definition, so its values are imported as text; ` +
        'create a definition of the type number, currency or checkbox to import numbers or true and false',
    );
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
  const duplicates = fields.filter((field, index) => !LIST_FIELDS.has(field) && fields.indexOf(field) !== index);
  if (duplicates.length > 0) errors.push(`more than one column is mapped to ${duplicates[0]}`);
  if (upsertBy !== 'none' && !fields.includes(upsertBy))
    errors.push(`no column is mapped to ${upsertBy}, which identifies existing contacts in this import`);
  if (!IDENTIFYING_FIELDS.some((field) => fields.includes(field)))
    errors.push('no column is mapped to identifier, email, name or phone; map at least one of them');
  return errors;
}
