import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { AttributeType } from '../attributes/attribute-definition.view.js';
import { ContactInputDto, toContactInput } from '../contacts/dto/contact.dto.js';
import type { ContactInput } from '../contacts/contact.view.js';

const CUSTOM_FIELDS_PREFIX = 'custom_fields.';

/**
 * Converts a cell to the type of its field. A cell that is not of that type stays a string and fails the validation.
 */
export function parseCell(text: string, type: AttributeType | undefined): unknown {
  if (type === 'number' || type === 'currency') return /^[+-]?\d+([.]\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'checkbox') return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text;
  return text;
}

function buildBody(
  record: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>>,
  types: ReadonlyMap<string, AttributeType>,
  tags: readonly string[],
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [column, field] of Object.entries(mapping)) {
    const text = record[column]?.trim() ?? '';
    if (text === '') continue;
    if (field.startsWith(CUSTOM_FIELDS_PREFIX))
      custom[field.slice(CUSTOM_FIELDS_PREFIX.length)] = parseCell(
        text,
        types.get(field.slice(CUSTOM_FIELDS_PREFIX.length)),
      );
    else
      fields[field] =
        field === 'tags'
          ? text
              .split(/[,;|]/)
              .map((tag) => tag.trim())
              .filter((tag) => tag !== '')
          : text;
  }
  const allTags = [...new Set([...((fields.tags as string[] | undefined) ?? []), ...tags])];
  return {
    ...fields,
    ...(allTags.length > 0 && { tags: allTags }),
    ...(Object.keys(custom).length > 0 && { custom_fields: custom }),
  };
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
  const body = buildBody(record, mapping, types, tags);
  if (!['identifier', 'email', 'name', 'phone'].some((field) => field in body))
    return { reasons: ['the row has no identifier, email, name or phone'] };
  const hasNul = Object.values(record).some((text) => text.includes('\u0000'));
  const dto = plainToInstance(ContactInputDto, body);
  const reasons = hasNul
    ? ['the row contains a NUL character']
    : collectMessages(validateSync(dto, { forbidUnknownValues: false }));
  return reasons.length > 0 ? { reasons } : { fields: toContactInput(dto) };
}
