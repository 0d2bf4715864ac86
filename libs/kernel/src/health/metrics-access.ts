import { createHash, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { DomainError } from '../errors/domain-error.js';

/** A request for metrics. */
export interface MetricsRequest {
  readonly ip: string;
  readonly headers: { readonly authorization?: string };
}

/**
 * Allows requests with the token. Without a configured token, allows requests from this machine.
 * @throws DomainError FORBIDDEN
 */
export function assertMetricsAllowed({ ip, headers }: MetricsRequest, token: string | null): void {
  if (token === null) {
    // A proxy can forward a text that is no address.
    if (ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback') return;
    throw new DomainError(
      'FORBIDDEN',
      'Metrics are only available on the machine of the server. Set PARLEY_METRICS_TOKEN to read them with a token',
    );
  }
  const sent = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(hash(sent), hash(token)))
    throw new DomainError('FORBIDDEN', 'Metrics require the bearer token of PARLEY_METRICS_TOKEN');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
