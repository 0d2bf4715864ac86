import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger as Pino } from 'pino';
import {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { rejectUnparsableRequest, sendError, toDomainError } from './error.filter.js';
import { WriteInterceptorService } from './write-interceptor.service.js';
import { jsonParser } from './json-body.js';
import { RequestAuthorizationService } from './request-authorization.service.js';
import { installRequestState, requestId } from './request-state.js';
import { indexRoutes } from './route-index.js';

/** Maximum size of a JSON body in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Creates the HTTP adapter: body limits, request IDs, and one error format for all errors, including those of the
 * parser.
 * @param rewriteUrl maps other spellings of URLs to those of the routes. Default: none.
 * @param trustProxy the proxies whose forwarded addresses are believed.
 */
export function httpAdapter(
  logger: FastifyBaseLogger,
  rewriteUrl: (url: string) => string = (url) => url,
  trustProxy: string | false = 'loopback',
): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    // The context already adds the request ID to every line, so a logger per request is unnecessary cost.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    trustProxy,
    genReqId: requestId,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    // Fastify's own refusal has another format than the errors of the API.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: rejectUnparsableRequest,
    rewriteUrl: (request: { url?: string }) => rewriteUrl(request.url ?? '/'),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendError(request, reply, toDomainError(error) ?? new DomainError('BAD_REQUEST', error.message));
    },
  } as never);
}

/** Rejects requests that arrive on open connections while the server closes. */
export function rejectWhileClosing(server: FastifyInstance): void {
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  server.addHook('onRequest', (_request, _reply, done) => {
    done(closing ? new DomainError('UNAVAILABLE', 'The server is shutting down', {}, 5) : undefined);
  });
}

function logResponses(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'error' : reply.statusCode >= 400 ? 'info' : 'debug';
    if ((request.log as Pino).isLevelEnabled(level)) {
      request.log[level](
        {
          method: request.method,
          path: request.url.split('?')[0],
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request completed',
      );
    }
    done();
  });
}

/** Installs the kernel's hooks and parsers on the HTTP server. Call it before `init`. */
export async function installHttp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  indexRoutes(server);
  rejectWhileClosing(server);
  await server.register(multipart as never);
  server.removeContentTypeParser('text/plain');
  app.useBodyParser('application/json', {}, jsonParser(server));
  app.get(WriteInterceptorService).install();
  installRequestState(server);
  app.get(RequestAuthorizationService).install(server);
  logResponses(server);
}
