import { badRequest } from '@parley/kernel';

type CustomFields = Readonly<Record<string, unknown>>;

/** Most bytes of JSON that the fields of one conversation have. */
export const MOST_FIELD_BYTES = 65_536;

/**
 * Fields with a change in them: what it names takes the place of what was there, and null takes it away.
 * @throws DomainError BAD_REQUEST when that is too much.
 */
export function withFields(known: CustomFields, change: CustomFields): CustomFields {
  const fields = Object.fromEntries(Object.entries({ ...known, ...change }).filter(([, value]) => value !== null));
  if (Buffer.byteLength(JSON.stringify(fields)) > MOST_FIELD_BYTES) throw badRequest({ custom_fields: [`custom_fields must have at most ${MOST_FIELD_BYTES} bytes in all`] });
  return fields;
}
