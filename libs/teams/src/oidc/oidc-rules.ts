import { normalizeDomain } from '@parley/kernel/email';
import { addressBlockReason, hostOf } from '@parley/kernel/net';

/** Domain name in its ASCII form, without a trailing dot. */
const DOMAIN_PATTERN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** The ASCII form of a domain name in lower case, or null for another text. */
export function parseDomain(text: string): string | null {
  const domain = normalizeDomain(text.trim()).toLowerCase();
  return DOMAIN_PATTERN.test(domain) ? domain : null;
}

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
  if (domains.length === 0) return true;
  const domain = parseDomain(email.slice(email.lastIndexOf('@') + 1));
  return domain !== null && domains.includes(domain);
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
