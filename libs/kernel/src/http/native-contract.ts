import type { FastifyRequest } from 'fastify';
import { DomainError, ERROR_STATUS } from '../errors/domain-error.js';
import { InvalidInputError, type FieldPath } from '../errors/invalid-input-error.js';
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
  const { code, message, retryAfterSeconds } = error;
  const details = error instanceof InvalidInputError ? toFieldErrors(error) : error.details;
  return {
    status: ERROR_STATUS[code],
    headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
    body: { error: { code, message, details, request_id: requestId } },
  };
}

/** Each invalid field with its messages, which start with the name of the field. */
function toFieldErrors({ issues }: InvalidInputError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of issues) {
    const field = toWirePath(path);
    (fields[field] ??= []).push(`${field} ${message}`);
  }
  return fields;
}

/** Maps `['actions', 0, 'teamId']` to `actions[0].team_id`. Keys of custom fields stay unchanged. */
function toWirePath(path: FieldPath): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      const name = path[index - 1] === 'customFields' ? segment : toSnakeCase(segment);
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
