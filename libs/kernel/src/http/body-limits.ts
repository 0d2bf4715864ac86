import type { Type } from '@nestjs/common';
import { badRequestError } from '../errors/domain-error.js';

/** Maximum number of fields of one object in a body. */
export const MAX_OBJECT_FIELDS = 1_000;
/** Maximum number of values in a body: fields and items at all levels. */
export const MAX_BODY_VALUES = 25_000;
/** Maximum number of levels of a body. */
export const MAX_BODY_DEPTH = 32;

const MAX_FIELD_LENGTH = 200;

/** The start of a field name that is too long to return. */
export function shortenField(name: string): string {
  return name.length > MAX_FIELD_LENGTH ? `${name.slice(0, MAX_FIELD_LENGTH)}…` : name;
}

/** Name of the whole body in errors. Not `body`, which is a field of messages. */
const BODY = 'request_body';

/** The size and the item class of a list field. */
interface ListLimit {
  readonly field: string;
  readonly maxItems: number;
}

interface NestedEntry {
  readonly field: string;
  readonly type: () => unknown;
}

interface ListRules {
  readonly lists: readonly ListLimit[];
  readonly nested: readonly NestedEntry[];
}

const listLimits = new Map<object, ListLimit[]>();
const nestedTypes = new Map<object, NestedEntry[]>();
const rulesByType = new WeakMap<object, ListRules>();

/** Records the limit of a list field, so that {@link assertListSizes} checks it before the items are validated. */
export function LimitItems(maxItems: number): PropertyDecorator {
  return (target, field) => addTo(listLimits, target, { field: String(field), maxItems });
}

/** Records the class of a nested object or of the items of a list. */
export function NestedType(type: () => unknown): PropertyDecorator {
  return (target, field) => addTo(nestedTypes, target, { field: String(field), type });
}

/**
 * Rejects a body that would be expensive to validate: its work grows faster than its size. Stops at the first value
 * beyond a limit.
 * @throws DomainError BAD_REQUEST with the path of the value.
 */
export function assertBodyLimits(body: unknown): void {
  const pending: { value: object; path: string; depth: number }[] = [];
  let count = 0;
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (depth > MAX_BODY_DEPTH) throw limitError(path, `has more than ${MAX_BODY_DEPTH} levels`);
    const size = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (!Array.isArray(value) && size > MAX_OBJECT_FIELDS)
      throw limitError(path, `has ${size} fields; at most ${MAX_OBJECT_FIELDS} are allowed`);
    count += size;
    if (count > MAX_BODY_VALUES) throw limitError(BODY, `has more than ${MAX_BODY_VALUES} values`);
    pending.push({ value, path, depth });
  };
  visit(body, BODY, 1);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path, depth } = next;
    const isList = Array.isArray(value);
    const prefix = path === BODY ? '' : path;
    for (const [key, item] of Object.entries(value))
      visit(item, isList ? `${prefix}[${key}]` : prefix === '' ? key : `${prefix}.${key}`, depth + 1);
  }
}

/**
 * Rejects lists with too many items, before their items are validated.
 * @throws DomainError BAD_REQUEST with the path of the list.
 */
export function assertListSizes(type: Type | undefined, value: unknown, path = ''): void {
  if (type === undefined || typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  const { lists, nested } = rulesOf(type);
  for (const { field, maxItems } of lists) {
    const list = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (Array.isArray(list) && list.length > maxItems)
      throw limitError(`${path}${field}`, `must contain no more than ${maxItems} elements`);
  }
  for (const { field, type: resolveType } of nested) {
    const inner = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (Array.isArray(inner))
      inner.forEach((item, index) => assertListSizes(resolveType() as Type, item, `${path}${field}[${index}].`));
    else assertListSizes(resolveType() as Type, inner, `${path}${field}.`);
  }
}

/** The rules of a class and of its base classes. */
function rulesOf(type: Type): ListRules {
  const known = rulesByType.get(type);
  if (known) return known;
  const prototypes = prototypesOf(type);
  const rules = {
    lists: prototypes.flatMap((prototype) => listLimits.get(prototype) ?? []),
    nested: prototypes.flatMap((prototype) => nestedTypes.get(prototype) ?? []),
  };
  rulesByType.set(type, rules);
  return rules;
}

function limitError(path: string, problem: string): Error {
  const field = shortenField(path);
  return badRequestError({ [field]: [`${field} ${problem}`] });
}

function addTo<Entry>(map: Map<object, Entry[]>, target: object, entry: Entry): void {
  map.set(target, [...(map.get(target) ?? []), entry]);
}

/** The prototypes of a class and of its base classes. */
function prototypesOf(type: Type): object[] {
  const prototypes: object[] = [];
  for (let current = type.prototype as object | null; current && current !== Object.prototype;) {
    prototypes.push(current);
    current = Object.getPrototypeOf(current) as object | null;
  }
  return prototypes;
}
