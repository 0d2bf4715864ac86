import { invalidInputError } from '@parley/kernel';

/** Custom fields by key. */
export type CustomFields = Readonly<Record<string, unknown>>;

/** Maximum size of all custom fields as JSON, in bytes. */
const MAX_BYTES = 65_536;

/** Merges changes into custom fields by key; null removes a field. */
export function mergeCustomFields(existing: CustomFields, changes: CustomFields): CustomFields {
  return Object.fromEntries(Object.entries({ ...existing, ...changes }).filter(([, value]) => value !== null));
}

/** Checks the total size, because several requests can add fields. @throws DomainError BAD_REQUEST */
export function assertCustomFieldsSize(fields: CustomFields): void {
  if (Buffer.byteLength(JSON.stringify(fields)) > MAX_BYTES)
    throw invalidInputError('customFields', `must not exceed ${MAX_BYTES} bytes in total, including existing fields`);
}
