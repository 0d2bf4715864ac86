import { QueryFailedError } from 'typeorm';
import { toDomainError } from '../http/error.filter.js';
import { isConnectionError, markDatabaseError } from './connection-errors.js';

function withCode(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

function fromServer(code: string): Error {
  return Object.assign(new Error('from the server'), { code, severity: 'FATAL' });
}

const LOST: readonly (readonly [string, Error])[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map(
    (code) => [code, withCode(code)] as const,
  ),
  ['write EPIPE', withCode('EPIPE', 'write EPIPE')],
  ['a destroyed stream', withCode('ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed')],
  ['write after end', withCode('ERR_STREAM_WRITE_AFTER_END', 'write after end')],
  ...['08000', '08003', '08006', '53300', '57P01', '57P02', '57P03', '57P05', '25P03'].map(
    (code) => [`SQLSTATE ${code}`, fromServer(code)] as const,
  ),
  ...[
    'timeout exceeded when trying to connect',
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ].map((message) => [message, new Error(message)] as const),
];

describe('isConnectionError', () => {
  it.each(LOST)('should return true and map to 503 when the error is %s', (_, error) => {
    for (const form of [new QueryFailedError('select 1', [], error), markDatabaseError(error)]) {
      expect(isConnectionError(form)).toBe(true);
      expect(toDomainError(form)).toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    }
  });

  it.each([
    ['a constraint', fromServer('23505')],
    ['a deadlock', fromServer('40P01')],
    ['an aborted transaction', fromServer('25P02')],
    ['an error of the code', new Error('undefined is not a function')],
    ['a code without a server', withCode('57P01')],
  ])('should return false when the error is %s', (_, error) => {
    expect(isConnectionError(error)).toBe(false);
    expect(isConnectionError(new QueryFailedError('select 1', [], error))).toBe(false);
  });

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].map((code) => withCode(code)),
    Object.assign(new AggregateError([withCode('ECONNREFUSED')], 'all addresses failed'), { code: 'ECONNREFUSED' }),
    new TypeError('fetch failed', { cause: withCode('ETIMEDOUT') }),
  ])('should return false when the error of another connection is %s', (error) => {
    expect(isConnectionError(error)).toBe(false);
    expect(toDomainError(error)).toBeNull();
  });

  it.each([null, undefined, 'EPIPE', { code: 'EPIPE' }])('should return false when %j was thrown', (thrown) => {
    expect(isConnectionError(thrown)).toBe(false);
  });
});
