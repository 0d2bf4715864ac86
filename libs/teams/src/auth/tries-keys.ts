import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** Wrong tries that cost nothing: by account, and by address, behind which many people may sit. */
const FREE = { account: 5, address: 20 } as const;

/** How many wrong tries under this key cost nothing. */
export function freeTries(key: string): number {
  return key.startsWith('account:') ? FREE.account : FREE.address;
}

/** The key of whoever signs in with this e-mail; the same for e-mails that nobody has. */
export function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
}

/** The key of a network address. An IPv6 network of 64 bits counts as one: its holder has all of them. */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return `address:${address.slice(0, 100)}`;
  const plain = ipaddr.process(address);
  return `address:${
    plain.kind() === 'ipv6'
      ? (plain as ipaddr.IPv6).parts
          .slice(0, 4)
          .map((part) => part.toString(16))
          .join(':')
      : plain.toString()
  }`;
}
