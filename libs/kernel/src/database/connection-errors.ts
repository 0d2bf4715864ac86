import { types } from 'node:util';

const { isNativeError } = types;

/** Codes of Node when a connection cannot be opened or is lost. */
const SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/**
 * SQLSTATEs after which the server ends the session or accepts none: connection exceptions, too few resources,
 * shutdown, crash and timeouts of idle sessions.
 */
const SERVER_CODES = /^(08...|53...|57P0[1235]|25P03)$/;

/** Messages of pg when it has no connection or lost the one in use. */
const MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end on the pool)/;

/** Errors of the sockets of database connections. Those of other connections have the same codes. */
const databaseErrors = new WeakSet<object>();

/** Remembers that an error comes from a database connection, and returns it. */
export function markDatabaseError<T>(error: T): T {
  if (isNativeError(error)) databaseErrors.add(error);
  return error;
}

/**
 * Whether a statement failed because the database could not be reached or the connection was lost. Errors of other
 * connections, such as those to file storage and webhooks, do not count.
 */
export function isConnectionError(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (isNativeError(driverError) && driverError !== error) return isConnectionError(markDatabaseError(driverError));
  if (typeof code === 'string') {
    if (SOCKET_CODES.has(code)) return databaseErrors.has(error);
    if ('severity' in error && SERVER_CODES.test(code)) return true;
  }
  return MESSAGES.test(error.message);
}
