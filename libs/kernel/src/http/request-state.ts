import type { FastifyInstance, FastifyRequest } from 'fastify';
import { runInContext, SYSTEM_SCOPE, type RequestContext } from '../context/request-context.js';
import { badRequest } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import { uncleanPart } from './json-value.js';

const CONTEXT = Symbol('parley.context');
const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

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
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
}

function checkClean(value: unknown, where: string): void {
  const unclean = value === undefined || value === null ? null : uncleanPart(value);
  if (unclean) throw badRequest({ [unclean.path || where]: [`${unclean.path || where} ${unclean.message}`] });
}

/** Lays the ground under every request: its id, its context, and that nothing unstorable gets further. */
export function installRequestState(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    try {
      checkClean(request.query, 'query');
      checkClean(request.params, 'path');
      if (request.body !== undefined && request.body !== null && !(request.body instanceof Buffer)) {
        if (typeof request.body !== 'object' || Array.isArray(request.body)) throw badRequest({ body: ['body must be a JSON object'] });
        checkClean(request.body, 'body');
      }
    } catch (error) {
      return done(error as Error);
    }
    runInContext(contextOf(request), done);
  });
}
