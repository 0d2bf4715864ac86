import ipaddr from 'ipaddr.js';

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Private networks that the operator allows for outgoing requests. */
export type AllowedNetworks = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/**
 * Parses CIDR blocks such as `10.1.0.0/16`.
 * @throws Error with the first invalid block.
 */
export function parseNetworks(blocks: readonly string[]): AllowedNetworks {
  return blocks.map((block) => {
    try {
      return ipaddr.parseCIDR(block);
    } catch {
      throw new Error(`"${block}" is not a network in CIDR notation, such as 10.1.0.0/16`);
    }
  });
}

/**
 * Returns the reason why requests to an IP address are blocked, or null. Only public unicast addresses and the allowed
 * networks are reachable. An IPv4-mapped IPv6 address counts as the IPv4 address.
 */
export function addressBlockReason(address: string, allowed: AllowedNetworks): string | null {
  if (!ipaddr.isValid(address)) return 'is not an IP address';
  const parsed = ipaddr.process(address);
  if (allowed.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits))) return null;
  const range = parsed.range();
  if (range !== 'unicast') return `is not public (${range})`;
  // Other addresses are unassigned, or represent IPv4 addresses in obsolete formats.
  return parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_IPV6) ? 'is not public (unassigned)' : null;
}

/**
 * Returns the reason why requests to a URL are blocked, or null. Host names are not resolved here: their addresses are
 * checked when connecting.
 */
export function urlBlockReason(text: string, allowed: AllowedNetworks): string | null {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must start with http:// or https://';
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  const host = hostOf(url);
  if (host === '') return 'has no host';
  // The URL parser has already turned 127.1, 0x7f000001 and 2130706433 into 127.0.0.1.
  const reason = ipaddr.isValid(host) ? addressBlockReason(host, allowed) : null;
  return reason && describeBlockedAddress(host, reason);
}

/** The reason for a URL whose host has a blocked address, with the setting that allows it. */
export function describeBlockedAddress(host: string, reason: string): string {
  return `points to ${host}, which ${reason}. The setting PARLEY_ALLOW_NETWORKS allows private networks`;
}

/** Host of a URL without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
