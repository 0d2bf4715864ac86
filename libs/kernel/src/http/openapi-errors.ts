import { ERROR_STATUS, type ErrorCode } from '../errors/domain-error.js';
import { isObject, type Json } from './openapi-examples.js';

/** What a refusal of each code looks like: what it means, its message, its details. */
const ERROR_RESPONSES: Readonly<Record<ErrorCode, readonly [meaning: string, message: string, details: object]>> = {
  BAD_REQUEST: [
    'The request is malformed; `details` maps each wrong field to its messages.',
    'The request is not valid',
    { name: ['name must be a string'] },
  ],
  UNAUTHORIZED: ['There is no valid credential.', 'The API key is not valid, has expired or was revoked', {}],
  FORBIDDEN: [
    'The credential does not allow this; `details` names the scope.',
    'This needs the scope conversations:write',
    { required_scope: 'conversations:write' },
  ],
  NOT_FOUND: ['There is no such object in this workspace.', 'Conversation not found', {}],
  CONFLICT: [
    'It is there already, or others changed it at the same time; also while a call with the same `Idempotency-Key` is in flight.',
    'Such an object exists already',
    {},
  ],
  PRECONDITION_FAILED: [
    'The object has changed since `If-Match`; `details.current` is what it is now.',
    'The object has changed: it is at version 4, not 3',
    { current: { version: 4 } },
  ],
  PAYLOAD_TOO_LARGE: ['The body is too large.', 'Request body is too large', {}],
  UNSUPPORTED_MEDIA_TYPE: ['The body is of a type that is not taken here.', 'Unsupported Media Type', {}],
  UNPROCESSABLE: [
    'It is well formed, but a rule refuses it; also when an `Idempotency-Key` comes again with another body.',
    'A closed conversation cannot become resolved',
    { from: 'closed', to: 'resolved', allowed: ['open'] },
  ],
  TOO_MANY_REQUESTS: [
    'Too many requests in this minute; `Retry-After` says when to come again.',
    'Only 60 of these requests a minute; try again in 12 s',
    { limit: 60 },
  ],
  INTERNAL_SERVER_ERROR: [
    'Something went wrong on our side.',
    'Something went wrong on our side; the log has it under this request id',
    {},
  ],
  UNAVAILABLE: [
    'The service cannot work right now; `Retry-After` says when to come again.',
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

/** Refusals that follow from what the operation is, beside those that it names itself. */
function impliedErrors(method: string, operation: Json): ErrorCode[] {
  const idempotencyErrors: ErrorCode[] =
    WRITE_METHODS.has(method) && operation.security !== undefined ? ['CONFLICT', 'UNPROCESSABLE'] : [];
  return WRITE_METHODS.has(method)
    ? [...idempotencyErrors, 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']
    : idempotencyErrors;
}

/** Writes each refusal down once, and lets operations point to it. */
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
