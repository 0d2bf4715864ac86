/** Error codes of the API and the HTTP status each one answers with. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  UNAVAILABLE: 503,
} as const;

/** What went wrong, in the API's words. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** A refusal that the caller can understand; the only error that services throw on purpose. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** For BAD_REQUEST: each wrong field with its messages. Else facts that help the caller. */
    readonly details: Record<string, unknown> = {},
    /** Seconds after which the same call may succeed; becomes `Retry-After`. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** The thing is not there, or belongs to another workspace: the two look the same. */
export function notFoundError(objectName: string): DomainError {
  return new DomainError('NOT_FOUND', `${objectName} not found`);
}

/** One or more fields are wrong; `fields` maps each to its messages. */
export function badRequestError(fields: Record<string, string[]>, message = 'The request is not valid'): DomainError {
  return new DomainError('BAD_REQUEST', message, fields);
}

/** The request is well formed, but a rule of the domain refuses it. */
export function unprocessableError(message: string, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('UNPROCESSABLE', message, details);
}
