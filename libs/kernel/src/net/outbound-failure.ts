/** The target of a request is blocked. */
export class BlockedTargetError extends Error {
  readonly code = 'BLOCKED';

  constructor(reason: string) {
    super(reason);
    this.name = 'BlockedTargetError';
  }
}

const MESSAGE_BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the host name could not be resolved',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_HEADERS_OVERFLOW: 'the response has too many headers',
};

/** Describes why a request failed, without details about this server. */
export function describeFailure(error: unknown, timeoutMs: number): string {
  const failure = firstError(error);
  if (failure instanceof BlockedTargetError) return `The URL ${failure.message}`;
  const { name, code, message } = (failure ?? {}) as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return `No complete response within ${timeoutMs / 1000} s`;
  const text = code === undefined ? undefined : MESSAGE_BY_CODE[code];
  if (text) return `${text[0]!.toUpperCase()}${text.slice(1)} (${code})`;
  return code
    ? `${message ?? 'The request failed'} (${code})`.slice(0, 300)
    : (message ?? 'The request failed').slice(0, 300);
}

/** If several addresses were tried, Node reports all failures together. */
function firstError(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? (error.errors as unknown[])[0] : error;
}
