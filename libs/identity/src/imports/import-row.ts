import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { AttributeType } from '../attributes/attribute-definition.view.js';
import { ContactInputDto, toContactInput } from '../contacts/dto/write-contact.dto.js';
import type { ContactInput } from '../contacts/contact.view.js';

const CUSTOM_FIELDS_PREFIX = 'custom_fields.';
/** Fields whose cells are taken as they are. */
const TEXT_FIELDS = ['identifier', 'email', 'name', 'company', 'status', 'avatar_url'] as const;
/** A row needs one of these fields. */
const IDENTIFYING_FIELDS = ['identifier', 'email', 'emails', 'name', 'phone', 'phones'];

/**
 * Converts a cell to the type of its field. A cell that is not of that type stays a string and fails the validation.
 */
export function parseCell(text: string, type: AttributeType | undefined): unknown {
  if (type === 'number' || type === 'currency') return /^[+-]?\d+([.]\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'checkbox') return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text;
  return text;
}

/** Splits a cell with several values: a JSON list, or values separated by commas, semicolons, vertical bars or lines. */
export function splitList(text: string): string[] {
  const values = parseJson(text);
  const isList = Array.isArray(values) && values.every((value) => typeof value === 'string');
  return (isList ? values : text.split(/[,;|\n]|:::/)).map((value) => value.trim()).filter((value) => value !== '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Values of a row by field; a list for the fields that more than one column can be mapped to. */
function readFields(
  record: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>>,
): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const [column, field] of Object.entries(mapping)) {
    const text = record[column]?.trim() ?? '';
    if (text !== '') cells.set(field, [...(cells.get(field) ?? []), text]);
  }
  return cells;
}

function buildBody(
  cells: ReadonlyMap<string, readonly string[]>,
  types: ReadonlyMap<string, AttributeType>,
  commonTags: readonly string[],
): Record<string, unknown> {
  const first = (field: string): string | undefined => cells.get(field)?.[0];
  const list = (field: string): string[] => (cells.get(field) ?? []).flatMap(splitList);
  const phone = first('phone');
  const names = [first('first_name'), first('last_name')].filter((part) => part !== undefined);
  const [emails, phones, tags] = [list('emails'), list('phones'), [...new Set([...list('tags'), ...commonTags])]];
  const customFields = buildCustomFields(cells, types);
  const text = Object.fromEntries(TEXT_FIELDS.flatMap((field) => (cells.has(field) ? [[field, first(field)]] : [])));
  return {
    ...(names.length > 0 && { name: names.join(' ') }),
    ...text,
    ...(phone !== undefined && { phone }),
    ...(emails.length > 0 && { emails: emails.map((email) => ({ email })) }),
    ...(phones.length > 0 && { phones: phones.map((number) => ({ phone: number })) }),
    ...(tags.length > 0 && { tags }),
    ...(customFields !== undefined && { custom_fields: customFields }),
  };
}

/** Custom fields of the columns `custom_fields.<key>` and of the JSON object in a column `custom_fields`. */
function buildCustomFields(
  cells: ReadonlyMap<string, readonly string[]>,
  types: ReadonlyMap<string, AttributeType>,
): unknown {
  const entries = [...cells].flatMap(([field, [text = '']]): [string, unknown][] => {
    const key = field.startsWith(CUSTOM_FIELDS_PREFIX) ? field.slice(CUSTOM_FIELDS_PREFIX.length) : null;
    return key === null ? [] : [[key, parseCell(text, types.get(key))]];
  });
  const text = cells.get('custom_fields')?.[0];
  const all = text === undefined ? {} : parseJson(text);
  // Not an object: the validation reports it.
  if (typeof all !== 'object' || all === null || Array.isArray(all)) return text;
  const fields = { ...all, ...Object.fromEntries(entries) };
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function collectMessages(errors: readonly ValidationError[]): string[] {
  return errors.flatMap(({ constraints, children }) => [
    ...Object.values(constraints ?? {}),
    ...collectMessages(children ?? []),
  ]);
}

/** Parses a row into contact fields with the validation rules of the API. Empty cells are omitted. */
export function parseRow(
  record: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>>,
  types: ReadonlyMap<string, AttributeType>,
  tags: readonly string[],
): { readonly fields: ContactInput } | { readonly reasons: readonly string[] } {
  const body = buildBody(readFields(record, mapping), types, tags);
  if (!IDENTIFYING_FIELDS.some((field) => field in body))
    return { reasons: ['the row has no identifier, email, name or phone'] };
  const dto = plainToInstance(ContactInputDto, body);
  const reasons = collectMessages(validateSync(dto, { forbidUnknownValues: false }));
  return reasons.length > 0 ? { reasons } : { fields: toContactInput(dto) };
}
