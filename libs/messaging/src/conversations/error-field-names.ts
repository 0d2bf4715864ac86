import { DomainError, type ErrorCode } from '@parley/kernel';

/** Error codes whose details are keyed by field. A CONFLICT names its field in `details.field`. */
const CODES_WITH_FIELD_DETAILS: ReadonlySet<ErrorCode> = new Set(['BAD_REQUEST', 'UNPROCESSABLE']);

/** Runs `work` and renames the fields in the details of its errors to the names that the request uses. */
export async function withErrorFieldNames<T>(mapField: (field: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, renameDetails(error, mapField), error.retryAfterSeconds);
  }
}

function renameDetails({ code, details }: DomainError, mapField: (field: string) => string): Record<string, unknown> {
  if (CODES_WITH_FIELD_DETAILS.has(code))
    return Object.fromEntries(Object.entries(details).map(([field, messages]) => [mapField(field), messages]));
  return typeof details.field === 'string' ? { ...details, field: mapField(details.field) } : details;
}
