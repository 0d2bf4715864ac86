import type { FastifyRequest } from 'fastify';
import { DomainError, ERROR_STATUS } from '../errors/domain-error.js';
import { FieldError, type FieldErrorText } from '../errors/field-error.js';
import { toSnakeCase, toSnakeCasePath } from '../errors/field-path.js';
import type { Contract, ErrorResponse } from './contract.js';

/** Parley's own API under `/v1`. */
export const nativeContract: Contract = {
  name: 'native',
  serves: () => true,
  documents: () => true,
  unknownFields: 'reject',
  acceptsForms: false,
  versioned: true,
  extractToken,
  missingToken: () => new DomainError('UNAUTHORIZED', 'Send an API key or access token as "Authorization: Bearer …"'),
  toErrorResponse,
};

/**
 * Takes a Bearer token from the header or, because EventSource cannot set headers, from `access_token` in the query.
 */
function extractToken(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const { access_token: token } = (request.query ?? {}) as { access_token?: unknown };
    return typeof token === 'string' && token !== '' ? token : null;
  }
  const [scheme, token, ...rest] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new DomainError('UNAUTHORIZED', 'The Authorization header must have the form "Bearer <token>"');
  }
  return token;
}

function toErrorResponse(error: DomainError, requestId: string): ErrorResponse {
  const { code, retryAfterSeconds } = error;
  const { message, details } = error instanceof FieldError ? error.describe(toSnakeCasePath) : describeError(error);
  return {
    status: ERROR_STATUS[code],
    headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
    body: { error: { code, message, details, request_id: requestId } },
  };
}

/** Details of a BAD_REQUEST have the names of the request; those of other errors have names of the domain. */
function describeError({ code, message, details }: DomainError): FieldErrorText {
  if (code === 'BAD_REQUEST') return { message, details };
  const facts = Object.entries(details).map(([name, value]) => [toSnakeCase(name), value] as const);
  return { message, details: Object.fromEntries(facts) };
}
