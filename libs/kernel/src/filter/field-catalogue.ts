import type { FieldType } from './filter-types.js';

/** A field that the filters of a domain can use. */
export interface FieldDefinition {
  /** Name in filters: `status`, `contact.country`. */
  name: string;
  type: FieldType;
  /** The values of an `enum` field, compared exactly. Required for this type and not allowed for others. */
  values?: readonly string[];
  /** False if the field always has a value, which omits null checks in the SQL. Use true in case of doubt. */
  nullable: boolean;
  /**
   * A trusted SQL expression (`c.status`) that is copied into queries. Omit it for a field that exists only in memory.
   * Its SQL type must match `type`: text, any numeric type, boolean, timestamptz, uuid (`id`), text or an enum type,
   * text[].
   */
  sql?: string;
  /**
   * For a `text_list` whose texts are compared by keys, such as names without case: returns the key of a text. Default:
   * texts are compared exactly.
   */
  keyOf?: (text: string) => string;
  /**
   * With `keyOf` and `sql`: a trusted SQL expression of the stored texts with some keys, as text[]. `keys` is the SQL of
   * a text[].
   */
  valuesSql?: (keys: string) => string;
  /** Type of the objects whose IDs or names are values of the field, such as `team`. */
  refersTo?: string;
  /** Type of objects whose IDs can be values of the field, besides those of other types. Instead of `refersTo`. */
  mayReferTo?: string;
  description: string;
}

/** The type of one member of a family, such as a defined custom attribute. */
export interface FamilyFieldType {
  readonly type: ResolvedType;
  readonly values?: readonly string[];
}

/** Type and ID of the object that defines a member of a family. */
export interface MemberDefinition {
  readonly type: string;
  readonly id: string;
}

/** Objects that the values of a field refer to. */
export interface FieldReference {
  readonly type: string;
  /** Returns the ID by which the objects are known, of a value that is no UUID, such as a name. */
  readonly keyOf?: (text: string) => string;
  /** True if values can be IDs of other types too. */
  readonly isUncertain?: boolean;
}

/** An open set of fields with a common prefix, such as `custom_fields.`, whose values are in one jsonb object. */
export interface FieldFamily {
  /**
   * Prefix including the dot: `custom_fields.`. The rest of a field name, which can contain dots, is the key in the
   * object.
   */
  prefix: string;
  /** A trusted SQL expression of the jsonb object (`c.custom_fields`). Omit it if the family exists only in memory. */
  sql?: string;
  /**
   * Returns the type of a key, or undefined if the key is unknown. Without this function every key is accepted, and its
   * type follows from the operator and value of each condition.
   */
  typeOf?: (key: string) => FamilyFieldType | undefined;
  /** Keys to suggest for unknown ones. */
  keys?: readonly string[];
  /** The object that defines a member, such as a custom field. */
  memberOf?: (key: string) => MemberDefinition;
  /** Objects that the values of a member refer to. */
  refersTo?: (key: string) => FieldReference | undefined;
  description: string;
}

/** Input of {@link defineFieldCatalogue}. */
export interface FieldCatalogueDeclaration {
  fields: readonly FieldDefinition[];
  families?: readonly FieldFamily[];
  /**
   * True if filters can refer to an event: with the operators `changed`, `changed_from` and `changed_to`, and with the
   * fields `previous.<field>` (value before the event) and `changed.<field>` (boolean). In memory only.
   */
  events?: boolean;
  /** Operation that lists the fields, such as `GET /v1/conversations/fields`. Named in errors. */
  listedAt?: string;
}

/** Type of a field in a condition; `untyped` for a member of a family without `typeOf`. */
export type ResolvedType = FieldType | 'untyped';

/** Location of the value of a field in SQL; undefined if the field exists only in memory. */
export type SqlSource = { kind: 'column'; sql: string } | { kind: 'json'; sql: string; key: string };

/** Result of the lookup of a field name in a catalogue. */
export interface ResolvedField {
  /** Field that is read: `status` for `previous.status` and `changed.status`. */
  name: string;
  type: ResolvedType;
  values?: readonly string[];
  nullable: boolean;
  source?: SqlSource;
  keyOf?: FieldDefinition['keyOf'];
  valuesSql?: FieldDefinition['valuesSql'];
  refersTo?: FieldReference;
  memberOf?: MemberDefinition;
  /** Side of an event that is read; `changed` is the boolean field `changed.<name>`. */
  moment: 'current' | 'previous' | 'changed';
}

/** The fields, families and event fields that the filters of one kind of subject can use. */
export interface FieldCatalogue {
  readonly declaration: FieldCatalogueDeclaration;
  /** Finds a field by name; undefined if it is unknown. */
  resolve(name: string): ResolvedField | undefined;
  /** Names of all fixed fields, for suggestions and documentation. */
  readonly names: readonly string[];
}

/** Maximum length of a key in a family, in UTF-16 code units. */
export const MAX_FAMILY_KEY_LENGTH = 200;

const UNSAFE_KEY = /^(?:__proto__|constructor|prototype)$|[\u0000-\u001f\u007f]|[\uD800-\uDFFF]/u;

function assertValidDeclaration(declaration: FieldCatalogueDeclaration): void {
  const names = new Set<string>();
  for (const { name, type, values, sql } of declaration.fields) {
    if (names.has(name)) throw new Error(`Filter field "${name}" is declared twice`);
    names.add(name);
    if ((type === 'enum') !== (values !== undefined))
      throw new Error(`Filter field "${name}": "values" is required for type enum and not allowed for other types`);
    if (sql !== undefined && sql.trim() === '') throw new Error(`Filter field "${name}" has an empty SQL expression`);
  }
  for (const { prefix } of declaration.families ?? []) {
    if (!prefix.endsWith('.')) throw new Error(`Filter field family "${prefix}" must end with a dot`);
  }
}

/**
 * Creates the catalogue of fields that filters can use.
 *
 * @throws Error if the declaration is inconsistent (a duplicate name, an enum without values), which is a programming
 * error.
 */
export function defineFieldCatalogue(declaration: FieldCatalogueDeclaration): FieldCatalogue {
  assertValidDeclaration(declaration);
  const fixed = new Map<string, ResolvedField>();
  for (const definition of declaration.fields) {
    const { name, type, values, nullable, sql, keyOf, valuesSql } = definition;
    fixed.set(name, {
      name,
      type,
      values,
      nullable,
      source: sql === undefined ? undefined : { kind: 'column', sql },
      keyOf,
      valuesSql,
      refersTo: fieldReference(definition),
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

function fieldReference({ refersTo, mayReferTo, keyOf }: FieldDefinition): FieldReference | undefined {
  if (refersTo !== undefined) return { type: refersTo, keyOf };
  return mayReferTo === undefined ? undefined : { type: mayReferTo, isUncertain: true };
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
  const { type, values } = memberType;
  const [memberOf, refersTo] = [family.memberOf?.(key), family.refersTo?.(key)];
  return { name, type, values, nullable: true, source, memberOf, refersTo, moment: 'current' };
}

function eventField(current: (name: string) => ResolvedField | undefined, name: string): ResolvedField | undefined {
  const [, moment, inner] = /^(previous|changed)\.(.+)$/s.exec(name) ?? [];
  const field = inner === undefined ? undefined : current(inner);
  if (!field) return undefined;
  if (moment === 'previous') return { ...field, nullable: true, source: undefined, moment: 'previous' };
  return { name: field.name, type: 'boolean', nullable: false, memberOf: field.memberOf, moment: 'changed' };
}
