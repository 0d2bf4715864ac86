import { addressBlockReason, hostOf } from '@parley/kernel/net';

/** A name in the domain name system, without a dot at its end. */
export const DOMAIN_PATTERN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** Why an address cannot be an issuer's, or null. Plain http is for a provider on this machine only. */
export function validateIssuer(issuer: string): string | null {
  if (!URL.canParse(issuer)) return 'must be a URL';
  const url = new URL(issuer);
  if (url.search !== '' || url.hash !== '') return 'must have neither query nor fragment';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(hostOf(url)))
    ? null
    : 'must begin with https://';
}

/** Whether requests to the issuer go unencrypted. */
export function isPlainHttp(issuer: string): boolean {
  return new URL(issuer).protocol === 'http:';
}

/** Whether an e-mail is of one of the domains; any is when there are none. */
export function isInDomains(email: string, domains: readonly string[]): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}

/** Where to go back to: an address at the server's own origin, which a path may stand for. Null for any other. */
export function resolveReturnUrl(returnTo: string, publicUrl: string): string | null {
  if (!URL.canParse(returnTo, publicUrl)) return null;
  const url = new URL(returnTo, publicUrl);
  return url.origin === new URL(publicUrl).origin && url.username === '' && url.password === '' ? url.href : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || addressBlockReason(host, []) === 'is not public (loopback)';
}
