import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** Failed attempts without a delay. The limit of an address is higher because many people can share an address. */
const ALLOWED_ATTEMPTS = { account: 5, address: 20 } as const;

/** Number of failed attempts under this key that cause no delay. */
export function allowedAttempts(key: string): number {
  return key.startsWith('account:') ? ALLOWED_ATTEMPTS.account : ALLOWED_ATTEMPTS.address;
}

/**
 * Throttle key of sign-ins with an e-mail. E-mails without an account have a key too, so that responses do not reveal which accounts
 * exist.
 */
export function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
}

/**
 * Throttle key of an account for an address that signed in to it before, so that failed attempts from elsewhere do not
 * lock its owner out.
 */
export function knownAddressKey(key: string, address: string): string {
  return `${key}@${addressKey(address)}`;
}

/** Throttle key of a member who proves their identity again while they are signed in. */
export function memberKey(userId: string): string {
  return `account:user:${userId}`;
}

/** Throttle key of an account that joins another workspace. */
export function joiningKey(userId: string): string {
  return `account:joining:${userId}`;
}

/**
 * Throttle key of a network address. A 64-bit IPv6 network counts as one address because its holder controls all of it.
 */
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
