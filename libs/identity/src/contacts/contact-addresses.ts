import { emailKey } from '@parley/kernel/email';

/** An e-mail address or phone number in a request. */
export interface AddressInput {
  readonly value: string;
  /** True if this is the primary address. Default: the first address of the list is primary. */
  readonly primary?: boolean;
}

/** The addresses of one kind (e-mail or phone) of a contact, without duplicates. */
export interface Addresses {
  readonly primary: string | null;
  readonly others: readonly string[];
}

/** A requested change of addresses. Omitted members stay unchanged. */
export interface AddressChange {
  readonly primary?: string | null;
  /** The complete new list of addresses. */
  readonly all?: readonly AddressInput[];
}

/** Maps all spellings of an address to one key. */
type AddressKeyFunction = (address: string) => string;

export { emailKey };
/** Phone numbers are already in E.164 format. */
export const phoneKey: AddressKeyFunction = (phone) => phone;

function uniqueAddresses(addresses: readonly string[], getKey: AddressKeyFunction): string[] {
  return [...new Map([...addresses].reverse().map((address) => [getKey(address), address])).values()].reverse();
}

function excludeAddress(addresses: readonly string[], address: string, getKey: AddressKeyFunction): string[] {
  return addresses.filter((item) => getKey(item) !== getKey(address));
}

function toAddresses(addresses: readonly string[]): Addresses {
  const [primary, ...others] = addresses;
  return { primary: primary ?? null, others };
}

/**
 * Computes the addresses of a contact after a change.
 * - A list replaces all addresses; the primary address is moved to the front.
 * - A primary address without a list replaces the previous primary. The previous one is kept among the others if the
 * new primary was one of them.
 * - If the primary address is removed, the next address becomes primary.
 */
export function applyAddressChange(
  before: Addresses,
  { primary, all }: AddressChange,
  getKey: AddressKeyFunction,
): Addresses {
  if (all) {
    const first = primary ?? all.find((address) => address.primary)?.value;
    const values = all.map(({ value }) => value);
    return toAddresses(
      uniqueAddresses(first === undefined ? values : [first, ...excludeAddress(values, first, getKey)], getKey),
    );
  }
  if (primary === undefined) return before;
  if (primary === null) return toAddresses(before.others);
  const others = excludeAddress(before.others, primary, getKey);
  const isPromoted = others.length < before.others.length && before.primary !== null;
  return { primary, others: isPromoted ? [before.primary, ...others] : others };
}

/** Describes what is wrong with a change; null if it is valid. */
export function validateAddressChange({ primary, all = [] }: AddressChange, getKey: AddressKeyFunction): string | null {
  const first = new Set([
    ...all.filter((address) => address.primary).map(({ value }) => getKey(value)),
    ...(primary && all.length > 0 ? [getKey(primary)] : []),
  ]);
  return first.size > 1 ? 'only one address can be primary' : null;
}
