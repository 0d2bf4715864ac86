import { addressBlockReason, hostOf } from '@parley/kernel/net';

/** Domain name without a trailing dot. */
export const DOMAIN_PATTERN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** Reason why a URL cannot be an issuer, or null. Plain http is allowed for a provider on the same machine only. */
export function validateIssuer(issuer: string): string | null {
  if (!URL.canParse(issuer)) return 'must be a URL';
  const url = new URL(issuer);
  if (url.search !== '' || url.hash !== '') return 'must not contain a query or fragment';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(hostOf(url)))
    ? null
    : 'must start with https://';
}

/** True if requests to the issuer are not encrypted. */
export function isPlainHttp(issuer: string): boolean {
  return new URL(issuer).protocol === 'http:';
}

/** True if the e-mail belongs to one of the domains, or if there are no domains. */
export function isInDomains(email: string, domains: readonly string[]): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}

/** Resolves a return URL or path. Returns null unless it is on the origin of this server. */
export function resolveReturnUrl(returnTo: string, publicUrl: string): string | null {
  if (!URL.canParse(returnTo, publicUrl)) return null;
  const url = new URL(returnTo, publicUrl);
  return url.origin === new URL(publicUrl).origin && url.username === '' && url.password === '' ? url.href : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || addressBlockReason(host, []) === 'is not public (loopback)';
}
