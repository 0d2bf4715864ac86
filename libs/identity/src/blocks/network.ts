import ipaddr from 'ipaddr.js';

/** Converts an IP address or network to CIDR notation; null if it is neither. */
export function toNetwork(text: string): string | null {
  // Rejects old notations such as 127.1, whose meaning few people know.
  const isFullAddress = text.includes(':') || /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text);
  if (!isFullAddress) return null;
  if (ipaddr.isValid(text)) {
    const address = ipaddr.process(text);
    return `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`;
  }
  if (ipaddr.IPv4.isValidCIDR(text))
    return `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${ipaddr.IPv4.parseCIDR(text)[1]}`;
  if (ipaddr.IPv6.isValidCIDR(text))
    return `${ipaddr.IPv6.networkAddressFromCIDR(text).toString()}/${ipaddr.IPv6.parseCIDR(text)[1]}`;
  return null;
}
