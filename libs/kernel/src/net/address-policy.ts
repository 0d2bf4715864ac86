import ipaddr from 'ipaddr.js';

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Networks of the operator's own that outgoing requests may reach although they are not public. */
export type AllowedNetworks = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/**
 * Reads CIDR blocks such as `10.1.0.0/16`.
 * @throws Error naming the block that cannot be read.
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
 * Why no request may go to an IP address, or null when one may. Only public unicast addresses are reachable, and those of
 * the allowed networks; an IPv4 address inside an IPv6 one counts as what it stands for.
 */
export function addressBlockReason(address: string, allowed: AllowedNetworks): string | null {
  if (!ipaddr.isValid(address)) return 'is not an IP address';
  const parsed = ipaddr.process(address);
  if (allowed.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits))) return null;
  const range = parsed.range();
  if (range !== 'unicast') return `is not public (${range})`;
  // What lies outside is unassigned, or stands for an IPv4 address in one of several old ways.
  return parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_IPV6) ? 'is not public (unassigned)' : null;
}

/**
 * Why no request may go to a URL as it is written, or null. Names are not looked up here: an address behind a name is
 * checked when it is connected to.
 */
export function urlBlockReason(text: string, allowed: AllowedNetworks): string | null {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with http:// or https://';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  const host = hostOf(url);
  if (host === '') return 'has no host';
  // The URL parser has turned 127.1, 0x7f000001 and 2130706433 into 127.0.0.1 by now.
  const reason = ipaddr.isValid(host) ? addressBlockReason(host, allowed) : null;
  return reason && `points at ${host}, which ${reason}`;
}

/** Host of a URL without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
