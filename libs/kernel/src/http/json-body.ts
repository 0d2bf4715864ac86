import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequestError, DomainError } from '../errors/domain-error.js';

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * Creates the parser of JSON bodies, which must be in UTF-8. An empty body is accepted as no body, because many clients
 * send its content type anyway.
 */
export function jsonParser(
  server: FastifyInstance,
): (request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void) => void {
  const parse = server.getDefaultJsonParser('error', 'error');
  return (request, body, done) => {
    const [, charset] = CHARSET.exec(request.headers['content-type'] ?? '') ?? [];
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8' && charset.toLowerCase() !== 'utf8')
      return done(new DomainError('UNSUPPORTED_MEDIA_TYPE', `Unsupported charset ${charset}; send JSON in UTF-8`));
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(badRequestError({ body: ['body must be in UTF-8'] }));
    void parse(request, body.toString('utf8'), done);
  };
}
