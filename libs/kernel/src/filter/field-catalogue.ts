import type { FieldType } from './filter-types.js';

/** One field that filters of a domain may name. */
export interface FieldDefinition {
  /** As filters write it: `status`, `contact.country`. */
  name: string;
  type: FieldType;
  /** The values of an `enum` field, compared exactly; required for that type and only there. */
  values?: readonly string[];
  /** Whether the field may have no value; false lets the SQL leave out its null checks, so it must be true when in doubt. */
  nullable: boolean;
  /**
   * A SQL expression (`c.status`), trusted and copied into queries; leave it out for a field that only exists in memory.
   * Its SQL type must suit `type`: text, any numeric type, boolean, timestamptz, uuid (`id`), text or an enum type, text[].
   */
  sql?: string;
  description: string;
}

/** The type of one member of a family, such as a defined custom attribute. */
export type FamilyFieldType = Pick<FieldDefinition, 'type' | 'values'>;

/** An open set of fields under a prefix whose values lie in one jsonb object, such as `custom_fields.`. */
export interface FieldFamily {
  /** Includes the dot: `custom_fields.`. The rest of a field's name, which may hold dots, is the key in the object. */
  prefix: string;
  /** The jsonb object, a trusted SQL expression (`c.custom_fields`); leave it out when the family only exists in memory. */
  sql?: string;
  /**
   * The type of a key; undefined refuses it as unknown. Without this function every key is accepted and its type follows from the
   * operator and value of each condition.
   */
  typeOf?: (key: string) => FamilyFieldType | undefined;
  description: string;
}

/** What a domain declares to {@link defineFieldCatalogue}. */
export interface FieldCatalogueDeclaration {
  fields: readonly FieldDefinition[];
  families?: readonly FieldFamily[];
  /**
   * Whether filters may look at an event: the operators `changed`, `changed_from`, `changed_to` and the fields `previous.<field>` (the value
   * before the event) and `changed.<field>` (boolean). In memory only.
   */
  events?: boolean;
}

/** A field's type as a condition uses it; `untyped` is a member of a family without `typeOf`. */
export type ResolvedType = FieldType | 'untyped';

/** Where the field's value is found in SQL; undefined when it only exists in memory. */
export type SqlSource = { kind: 'column'; sql: string } | { kind: 'json'; sql: string; key: string };

/** A field name looked up in a catalogue. */
export interface ResolvedField {
  /** The field that is read: for `previous.status` and `changed.status` it is `status`. */
  name: string;
  type: ResolvedType;
  values?: readonly string[];
  nullable: boolean;
  source?: SqlSource;
  /** Which side of an event is read; `changed` is the boolean field `changed.<name>`. */
  moment: 'current' | 'previous' | 'changed';
}

/** The fields, families and event fields that filters of one kind of subject may name. */
export interface FieldCatalogue {
  readonly declaration: FieldCatalogueDeclaration;
  /** The field of this name, or undefined when there is none. */
  resolve(name: string): ResolvedField | undefined;
  /** Every fixed field's name, for suggestions and documentation. */
  readonly names: readonly string[];
}

/** The longest key in a family, in UTF-16 code units. */
export const MAX_FAMILY_KEY_LENGTH = 200;

const UNSAFE_KEY = /^(?:__proto__|constructor|prototype)$|[\u0000-\u001f\u007f]|[\uD800-\uDFFF]/u;

function assertValidDeclaration(declaration: FieldCatalogueDeclaration): void {
  const names = new Set<string>();
  for (const { name, type, values, sql } of declaration.fields) {
    if (names.has(name)) throw new Error(`Filter field "${name}" is declared twice`);
    names.add(name);
    if ((type === 'enum') !== (values !== undefined))
      throw new Error(`Filter field "${name}": "values" goes with type enum and only with it`);
    if (sql !== undefined && sql.trim() === '') throw new Error(`Filter field "${name}" has an empty SQL expression`);
  }
  for (const { prefix } of declaration.families ?? []) {
    if (!prefix.endsWith('.')) throw new Error(`Filter field family "${prefix}" must end with a dot`);
  }
}

/**
 * Makes the catalogue of the fields that filters may name.
 *
 * Throws an `Error` on a declaration that contradicts itself (a name twice, an enum without values): a programmer's fault.
 */
export function defineFieldCatalogue(declaration: FieldCatalogueDeclaration): FieldCatalogue {
  assertValidDeclaration(declaration);
  const fixed = new Map<string, ResolvedField>();
  for (const { name, type, values, nullable, sql } of declaration.fields) {
    fixed.set(name, {
      name,
      type,
      values,
      nullable,
      source: sql === undefined ? undefined : { kind: 'column', sql },
      moment: 'current',
    });
  }
  const current = (name: string) => fixed.get(name) ?? familyMember(declaration.families ?? [], name);
  return {
    declaration,
    names: [...fixed.keys()],
    resolve: (name) => current(name) ?? (declaration.events ? eventField(current, name) : undefined),
  };
}

function familyMember(families: readonly FieldFamily[], name: string): ResolvedField | undefined {
  const family = families.find(({ prefix }) => name.startsWith(prefix));
  if (!family) return undefined;
  const key = name.slice(family.prefix.length);
  if (key === '' || key.length > MAX_FAMILY_KEY_LENGTH || UNSAFE_KEY.test(key)) return undefined;
  const memberType: { type: ResolvedType; values?: readonly string[] } | undefined = family.typeOf
    ? family.typeOf(key)
    : { type: 'untyped' };
  if (!memberType) return undefined;
  const source: SqlSource | undefined = family.sql === undefined ? undefined : { kind: 'json', sql: family.sql, key };
  return { name, type: memberType.type, values: memberType.values, nullable: true, source, moment: 'current' };
}

function eventField(current: (name: string) => ResolvedField | undefined, name: string): ResolvedField | undefined {
  const [, moment, inner] = /^(previous|changed)\.(.+)$/s.exec(name) ?? [];
  const field = inner === undefined ? undefined : current(inner);
  if (!field) return undefined;
  if (moment === 'previous') return { ...field, nullable: true, source: undefined, moment: 'previous' };
  return { name: field.name, type: 'boolean', nullable: false, moment: 'changed' };
}
