import { badRequest } from '@parley/kernel';

/** Fields of a workspace's own, by their keys. */
export type OwnFields = Readonly<Record<string, unknown>>;

/** Bytes of JSON that they come to at most: what one request can bring along. */
const MOST_BYTES = 65_536;

/** What becomes of fields when some are said: those stay that nothing is said of, and null takes one away. */
export function mergedFields(held: OwnFields, said: OwnFields): OwnFields {
  return Object.fromEntries(Object.entries({ ...held, ...said }).filter(([, value]) => value !== null));
}

/** Requests add to what is there, so that the bound of one does not bound them all. @throws DomainError BAD_REQUEST */
export function assertBounded(fields: OwnFields): void {
  if (Buffer.byteLength(JSON.stringify(fields)) > MOST_BYTES)
    throw badRequest({
      custom_fields: [`custom_fields would come to more than ${MOST_BYTES} bytes with those that are there`],
    });
}
