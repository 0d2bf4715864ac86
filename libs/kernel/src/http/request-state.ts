import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { runInContext, SYSTEM_SCOPE, type RequestContext } from '../context/request-context.js';
import { badRequest, DomainError } from '../errors/domain-error.js';
import { uncleanPart } from './json-value.js';

const CONTEXT = Symbol('parley.context');
const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

const FORM = 'application/x-www-form-urlencoded';

type WithContext = FastifyRequest & { [CONTEXT]?: RequestContext };

/** The context of a request; made when it arrives. */
export function contextOf(request: FastifyRequest): RequestContext {
  const carrier = request as WithContext;
  carrier[CONTEXT] ??= { requestId: request.id, principal: null, actor: null, cause: null, scope: SYSTEM_SCOPE };
  return carrier[CONTEXT];
}

/** Takes the caller's request id when it is a sane one, else makes one. */
export function requestId(raw: { headers: Record<string, string | string[] | undefined> }): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

function checkClean(value: unknown, where: string): void {
  const unclean = value === undefined || value === null ? null : uncleanPart(value);
  if (unclean) throw badRequest({ [unclean.path || where]: [`${unclean.path || where} ${unclean.message}`] });
}

/** Lays the ground under every request: its id, its context, that nothing unstorable gets further, and `ETag` on what has a version. */
export function installRequestState(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    // Nest teaches the server to read forms, for which the native API has no use.
    const form =
      request.headers['content-type']?.toLowerCase().startsWith(FORM) === true && request.url.startsWith('/v1/');
    done(
      form
        ? new DomainError('UNSUPPORTED_MEDIA_TYPE', `Bodies of the type ${FORM} are not taken: send JSON`)
        : undefined,
    );
  });
  server.addHook('preValidation', (request, _reply, done) => {
    try {
      checkClean(request.query, 'query');
      checkClean(request.params, 'path');
      if (request.body !== undefined && request.body !== null && !(request.body instanceof Buffer)) {
        if (typeof request.body !== 'object' || Array.isArray(request.body))
          throw badRequest({ body: ['body must be a JSON object'] });
        checkClean(request.body, 'body');
      }
    } catch (error) {
      return done(error as Error);
    }
    runInContext(contextOf(request), done);
  });
  server.addHook('preSerialization', (_request, reply, payload, done) => {
    const version = (payload as { data?: { version?: unknown } } | null)?.data?.version;
    if (typeof version === 'number') reply.header('etag', `"${version}"`);
    done(null, payload);
  });
}
