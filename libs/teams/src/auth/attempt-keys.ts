import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** Wrong tries that cost nothing: by account, and by address, behind which many people may sit. */
const ALLOWED_ATTEMPTS = { account: 5, address: 20 } as const;

/** How many wrong tries under this key cost nothing. */
export function allowedAttempts(key: string): number {
  return key.startsWith('account:') ? ALLOWED_ATTEMPTS.account : ALLOWED_ATTEMPTS.address;
}

/** The key of whoever signs in with this e-mail; the same for e-mails that nobody has. */
export function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
}

/** The key of a network address. An IPv6 network of 64 bits counts as one: its holder has all of them. */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return `address:${address.slice(0, 100)}`;
  const parsed = ipaddr.process(address);
  return `address:${
    parsed.kind() === 'ipv6'
      ? (parsed as ipaddr.IPv6).parts
          .slice(0, 4)
          .map((part) => part.toString(16))
          .join(':')
      : parsed.toString()
  }`;
}
