/** Error codes of the API and their HTTP status. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  UNAVAILABLE: 503,
} as const;

/** Error code of the API. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** An error that is reported to the caller. The only error that services throw deliberately. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Facts for the caller in the names of the domain. For BAD_REQUEST, messages by field of the request. */
    readonly details: Record<string, unknown> = {},
    /** Seconds until the same request can succeed; sent as `Retry-After`. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** Error for an object that does not exist or belongs to another workspace, which are not distinguished. */
export function notFoundError(objectName: string): DomainError {
  return new DomainError('NOT_FOUND', `${objectName} not found`);
}

/**
 * Error for one or more invalid fields of a request; `fields` maps each to its messages. For the HTTP layer, which knows
 * the names of the request. Services throw `invalidInputError`.
 */
export function badRequestError(fields: Record<string, string[]>, message = 'The request is not valid'): DomainError {
  return new DomainError('BAD_REQUEST', message, fields);
}

/** Error for a valid request that violates a rule of the domain; `details` has facts in the names of the domain. */
export function unprocessableError(message: string, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('UNPROCESSABLE', message, details);
}
