import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { AttributeType } from '../attributes/attribute-definition.view.js';
import { ContactFieldsDto, toContactFields } from '../contacts/dto/contact.dto.js';
import type { ContactFields } from '../contacts/contact.view.js';

const CUSTOM = 'custom_fields.';

/** What a cell says, by the type of the field that it is for; what is no value of the type stays a text, and is refused as one. */
export function readCell(text: string, type: AttributeType | undefined): unknown {
  if (type === 'number' || type === 'currency') return /^[+-]?\d+([.]\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'checkbox') return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text;
  return text;
}

function body(
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
    if (field.startsWith(CUSTOM))
      custom[field.slice(CUSTOM.length)] = readCell(text, types.get(field.slice(CUSTOM.length)));
    else
      fields[field] =
        field === 'tags'
          ? text
              .split(/[,;|]/)
              .map((tag) => tag.trim())
              .filter((tag) => tag !== '')
          : text;
  }
  const all = [...new Set([...((fields.tags as string[] | undefined) ?? []), ...tags])];
  return {
    ...fields,
    ...(all.length > 0 && { tags: all }),
    ...(Object.keys(custom).length > 0 && { custom_fields: custom }),
  };
}

function messages(errors: readonly ValidationError[]): string[] {
  return errors.flatMap(({ constraints, children }) => [
    ...Object.values(constraints ?? {}),
    ...messages(children ?? []),
  ]);
}

/** What a row says of a contact, by the rules that a request is held against, or what is wrong with it. An empty cell says nothing. */
export function readRow(
  record: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>>,
  types: ReadonlyMap<string, AttributeType>,
  tags: readonly string[],
): { readonly fields: ContactFields } | { readonly reasons: readonly string[] } {
  const said = body(record, mapping, types, tags);
  if (!['identifier', 'email', 'name', 'phone'].some((field) => field in said))
    return { reasons: ['the row says neither identifier, email, name nor phone'] };
  const unclean = Object.values(record).some((text) => text.includes('\u0000'));
  const dto = plainToInstance(ContactFieldsDto, said);
  const reasons = unclean
    ? ['the row holds a NUL character']
    : messages(validateSync(dto, { forbidUnknownValues: false }));
  return reasons.length > 0 ? { reasons } : { fields: toContactFields(dto) };
}
