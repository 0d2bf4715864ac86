import { DomainError, type ErrorCode } from '@parley/kernel';

/** Refusals whose details are by field; a conflict names its field in `field`. */
const BY_FIELD: ReadonlySet<ErrorCode> = new Set(['BAD_REQUEST', 'UNPROCESSABLE']);

/** Runs `work`, whose refusals name fields by the name that the request has for them. */
export async function toldAs<T>(nameOf: (field: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, renamed(error, nameOf), error.retryAfterSeconds);
  }
}

function renamed({ code, details }: DomainError, nameOf: (field: string) => string): Record<string, unknown> {
  if (BY_FIELD.has(code))
    return Object.fromEntries(Object.entries(details).map(([field, told]) => [nameOf(field), told]));
  return typeof details.field === 'string' ? { ...details, field: nameOf(details.field) } : details;
}
