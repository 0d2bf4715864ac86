import type { Socket } from 'node:net';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConflictError } from '../database/conflict-errors.js';
import { isConnectionError } from '../database/connection-errors.js';
import { DomainError, ERROR_STATUS, type ErrorCode } from '../errors/domain-error.js';
import { newId } from '../ids/ids.js';
import { contractOf } from './contract.js';
import { nativeContract } from './native-contract.js';
import { allowedMethods } from './route-index.js';

const CODE_BY_STATUS = new Map<number, ErrorCode>(
  Object.entries(ERROR_STATUS).map(([code, status]) => [status, code as ErrorCode]),
);
CODE_BY_STATUS.set(406, 'BAD_REQUEST').set(408, 'BAD_REQUEST').set(414, 'BAD_REQUEST').set(431, 'BAD_REQUEST');

const CONCURRENT_CHANGE_MESSAGE = 'The objects were changed at the same time by another request. Try again.';

interface PostgresError {
  readonly code: string;
  readonly constraint?: string;
  readonly message: string;
}

function postgresError(error: unknown): PostgresError | null {
  const inner =
    error instanceof Error && 'driverError' in error ? (error as { driverError: unknown }).driverError : error;
  const code = (inner as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (inner as object)
    ? (inner as PostgresError)
    : null;
}

/** The error to report for a Postgres error, or null for an internal error. */
function fromPostgresError({ code, constraint }: PostgresError): DomainError | null {
  if (code === '23505')
    return new DomainError(
      'CONFLICT',
      'An object with the same unique value already exists',
      constraint ? { constraint } : {},
    );
  if (code === '23503')
    return new DomainError(
      'CONFLICT',
      'A referenced object does not exist or is still in use',
      constraint ? { constraint } : {},
    );
  if (code === '57014') return new DomainError('UNAVAILABLE', 'The request timed out', {}, 5);
  if (code.startsWith('22')) return new DomainError('BAD_REQUEST', 'A value is out of range or malformed', {});
  return null;
}

/** Messages of the framework can contain a whole URL. */
const MAX_MESSAGE_LENGTH = 300;

function truncate(text: string): string {
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
}

function fromStatus(status: number, text: string): DomainError | null {
  const message = truncate(text);
  const code = CODE_BY_STATUS.get(status);
  if (code) return new DomainError(code, message);
  return status >= 400 && status < 500 ? new DomainError('BAD_REQUEST', message) : null;
}

/** The domain error for an exception, or null for an unexpected one. */
export function toDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (isConnectionError(error)) return new DomainError('UNAVAILABLE', 'The database is not available', {}, 5);
  if (isConflictError(error)) return new DomainError('CONFLICT', CONCURRENT_CHANGE_MESSAGE, {}, 1);
  const postgresCause = postgresError(error);
  if (postgresCause) return fromPostgresError(postgresCause);
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  const { statusCode, message } = (error ?? {}) as { statusCode?: unknown; message?: unknown };
  if (typeof statusCode === 'number' && statusCode < 500) return fromStatus(statusCode, String(message));
  return null;
}

/** Sends every error in the format of the request's contract. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = methodError(request, reply) ?? toDomainError(exception);
    if (!error)
      this.logger.error(
        `${request.method} ${request.url}: ${exception instanceof Error ? exception.stack : String(exception)}`,
      );
    if (reply.sent || reply.raw.headersSent) return;
    sendError(
      request,
      reply,
      error ??
        new DomainError(
          'INTERNAL_SERVER_ERROR',
          'Internal server error. The log contains the details under this request ID.',
        ),
    );
  }
}

/** The error for a path without the requested method, with the header `Allow`; null for other requests. */
function methodError(request: FastifyRequest, reply: FastifyReply): DomainError | null {
  if (!request.is404) return null;
  const path = request.url.split('?', 1)[0]!;
  const methods = allowedMethods(request.server, path);
  if (methods.length === 0) return null;
  if (!reply.raw.headersSent) void reply.header('allow', methods.join(', '));
  const named = methods.filter((method) => method !== 'HEAD' && method !== 'OPTIONS').join(' or ');
  return new DomainError('METHOD_NOT_ALLOWED', `${request.method} is not allowed for ${truncate(path)}. Use ${named}`);
}

/** Sends an error in the format of the request's contract. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: DomainError): void {
  const { status, headers, body } = contractOf(request).toErrorResponse(error, request.id);
  void reply
    .status(status)
    .headers({ ...headers, 'x-request-id': request.id })
    .type(JSON_TYPE)
    .send(JSON.stringify(body));
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Responds to a request that Node cannot parse as HTTP and closes the connection. */
export function rejectUnparsableRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const message = tooLarge
    ? 'The URL and headers are too large'
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 'The request was not received in time'
      : 'The request is not valid HTTP';
  const requestId = newId();
  const body = JSON.stringify(nativeContract.toErrorResponse(new DomainError('BAD_REQUEST', message), requestId).body);
  const status = tooLarge
    ? '431 Request Header Fields Too Large'
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: ${JSON_TYPE}\r\nx-request-id: ${requestId}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
