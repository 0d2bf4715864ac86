import { assertMetricsAllowed } from './metrics-access.js';

const TOKEN = 'a-token-of-the-operator';
const from = (ip: string, authorization?: string) => ({
  ip,
  headers: authorization === undefined ? {} : { authorization },
});

describe('assertMetricsAllowed', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('should allow %s when there is no token', (ip) => {
    expect(() => assertMetricsAllowed(from(ip), null)).not.toThrow();
  });

  it.each(['10.0.0.1', '8.8.8.8', '2001:db8::1', 'unknown', ''])('should reject %s when there is no token', (ip) => {
    expect(() => assertMetricsAllowed(from(ip), null)).toThrow(/PARLEY_METRICS_TOKEN/);
  });

  it('should allow any address with the token', () => {
    expect(() => assertMetricsAllowed(from('8.8.8.8', `Bearer ${TOKEN}`), TOKEN)).not.toThrow();
  });

  it.each([undefined, 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])(
    'should reject the header %s when a token is required',
    (authorization) => {
      expect(() => assertMetricsAllowed(from('127.0.0.1', authorization), TOKEN)).toThrow(/require the bearer token/);
    },
  );
});
