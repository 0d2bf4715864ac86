import { badRequestError } from '@parley/kernel';

/** Fields of a workspace's own, by their keys. */
export type CustomFields = Readonly<Record<string, unknown>>;

/** Bytes of JSON that they come to at most: what one request can bring along. */
const MAX_BYTES = 65_536;

/** What becomes of fields when some are said: those stay that nothing is said of, and null takes one away. */
export function mergeCustomFields(existing: CustomFields, changes: CustomFields): CustomFields {
  return Object.fromEntries(Object.entries({ ...existing, ...changes }).filter(([, value]) => value !== null));
}

/** Requests add to what is there, so that the bound of one does not bound them all. @throws DomainError BAD_REQUEST */
export function assertCustomFieldsSize(fields: CustomFields): void {
  if (Buffer.byteLength(JSON.stringify(fields)) > MAX_BYTES)
    throw badRequestError({
      custom_fields: [`custom_fields would come to more than ${MAX_BYTES} bytes with those that are there`],
    });
}
