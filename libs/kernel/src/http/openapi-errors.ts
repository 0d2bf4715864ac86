import { ERROR_STATUS, type ErrorCode } from '../errors/domain-error.js';
import { isObject, type Json } from './openapi-examples.js';

/** Meaning, example message and example details of the responses of each error code. */
const ERROR_RESPONSES: Readonly<Record<ErrorCode, readonly [meaning: string, message: string, details: object]>> = {
  BAD_REQUEST: [
    'The request is invalid. `details` maps each invalid field to its messages.',
    'The request is not valid',
    { name: ['name must be a string'] },
  ],
  UNAUTHORIZED: ['The credential is missing or invalid.', 'The API key is not valid, has expired or was revoked', {}],
  FORBIDDEN: [
    'The credential does not have the required scope, which is in `details.required_scope`.',
    'Requires the scope conversations:write',
    { required_scope: 'conversations:write' },
  ],
  NOT_FOUND: ['The object does not exist in this workspace.', 'Conversation not found', {}],
  METHOD_NOT_ALLOWED: [
    'The path does not have this method. The header `Allow` lists those that it has.',
    'PUT is not allowed for /v1/teams. Use GET or POST',
    {},
  ],
  CONFLICT: [
    'The object already exists, was changed by another request at the same time, or a request with the same ' +
      '`Idempotency-Key` is still running.',
    'An object with the same unique value already exists',
    {},
  ],
  PRECONDITION_FAILED: [
    'The version in `If-Match` is not the current one. `details.current` is the current object.',
    'The object was changed: its version is 4, not 3. Read it again and retry.',
    { current: { version: 4 } },
  ],
  PAYLOAD_TOO_LARGE: ['The request body is too large.', 'Request body is too large', {}],
  UNSUPPORTED_MEDIA_TYPE: ['The content type of the request body is not supported.', 'Unsupported Media Type', {}],
  UNPROCESSABLE: [
    'The request is valid but violates a rule, or the `Idempotency-Key` was used with another request body.',
    'A closed conversation cannot become resolved',
    { from: 'closed', to: 'resolved', allowed: ['open'] },
  ],
  TOO_MANY_REQUESTS: [
    'The rate limit is exceeded. `Retry-After` is the number of seconds until the next request is accepted.',
    'Rate limit of 60 requests per minute exceeded; retry in 12 s',
    { limit: 60 },
  ],
  INTERNAL_SERVER_ERROR: [
    'An internal error occurred.',
    'Internal server error. The log contains the details under this request ID.',
    {},
  ],
  UNAVAILABLE: [
    'The service is temporarily unavailable. `Retry-After` is the number of seconds until the next attempt.',
    'The database is not available',
    {},
  ],
};

const CODE_BY_STATUS = new Map(
  Object.entries(ERROR_STATUS).map(([code, status]) => [String(status), code as ErrorCode]),
);
const WRITE_METHODS = new Set(['post', 'put', 'patch', 'delete']);

function errorResponse(code: ErrorCode): Json {
  const [description, message, details] = ERROR_RESPONSES[code];
  const example = { error: { code, message, details, request_id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c' } };
  return {
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBodyDto' }, example } },
  };
}

/** Errors that follow from the kind of operation, in addition to those that it declares. */
function impliedErrors(method: string, operation: Json): ErrorCode[] {
  const idempotencyErrors: ErrorCode[] =
    WRITE_METHODS.has(method) && operation.security !== undefined ? ['CONFLICT', 'UNPROCESSABLE'] : [];
  return WRITE_METHODS.has(method)
    ? [...idempotencyErrors, 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']
    : idempotencyErrors;
}

/** Defines each error response once in the components and refers to it from the operations. */
export function shareErrorResponses(document: Json): void {
  for (const path of Object.values(document.paths as Record<string, Json>)) {
    for (const [method, operation] of Object.entries(path)) {
      if (!isObject(operation) || !isObject(operation.responses)) continue;
      const statuses = [
        ...Object.keys(operation.responses),
        ...impliedErrors(method, operation).map((code) => String(ERROR_STATUS[code])),
      ];
      const responses = operation.responses;
      operation.responses = Object.fromEntries(
        [...new Set(statuses)]
          .sort()
          .map((status) => [
            status,
            CODE_BY_STATUS.has(status)
              ? { $ref: `#/components/responses/${CODE_BY_STATUS.get(status)!}` }
              : responses[status],
          ]),
      );
    }
  }
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  (document.components as Json).responses = Object.fromEntries(codes.map((code) => [code, errorResponse(code)]));
}
