import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { runInContext, SYSTEM_SCOPE, type RequestContext } from '../context/request-context.js';
import { badRequestError, DomainError } from '../errors/domain-error.js';
import { contractOf } from './contract.js';
import { findUnstorableValue } from './json-value.js';

const CONTEXT = Symbol('parley.context');
const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

const FORM = 'application/x-www-form-urlencoded';

type WithContext = FastifyRequest & { [CONTEXT]?: RequestContext };

/** The context of a request, created on first use. */
export function contextOf(request: FastifyRequest): RequestContext {
  const carrier = request as WithContext;
  carrier[CONTEXT] ??= { requestId: request.id, principal: null, actor: null, cause: null, scope: SYSTEM_SCOPE };
  return carrier[CONTEXT];
}

/** The caller's request ID if it is valid, else a new one. */
export function requestId(raw: { headers: Record<string, string | string[] | undefined> }): string {
  const header = raw.headers['x-request-id'];
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

function assertStorable(value: unknown, location: string): void {
  const problem = value === undefined || value === null ? null : findUnstorableValue(value);
  if (problem)
    throw badRequestError({ [problem.path || location]: [`${problem.path || location} ${problem.message}`] });
}

/**
 * Prepares every request: its ID and context, rejection of values that Postgres cannot store, and `ETag` on objects with
 * a version.
 */
export function installRequestState(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply
      .header('x-request-id', request.id)
      // Responses contain tokens and personal data. Files and documents set their own value.
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff');
    // Nest enables forms for all routes, but most contracts do not accept them.
    const isForm = request.headers['content-type']?.toLowerCase().startsWith(FORM) === true;
    const isRejected = isForm && !contractOf(request).acceptsForms;
    done(
      isRejected ? new DomainError('UNSUPPORTED_MEDIA_TYPE', `Unsupported content type ${FORM}; send JSON`) : undefined,
    );
  });
  server.addHook('preValidation', (request, _reply, done) => {
    try {
      assertStorable(request.query, 'query');
      assertStorable(request.params, 'path');
      if (request.body !== undefined && request.body !== null && !(request.body instanceof Buffer)) {
        if (typeof request.body !== 'object' || Array.isArray(request.body))
          throw badRequestError({ body: ['body must be a JSON object'] });
        assertStorable(request.body, 'body');
      }
    } catch (error) {
      return done(error as Error);
    }
    runInContext(contextOf(request), done);
  });
  server.addHook('preSerialization', (request, reply, payload, done) => {
    const version =
      contractOf(request).versioned && (payload as { data?: { version?: unknown } } | null)?.data?.version;
    if (typeof version === 'number') reply.header('etag', `"${version}"`);
    done(null, payload);
  });
}
