/** An e-mail or telephone number as it is asked for. */
export interface AddressInput {
  readonly value: string;
  /** Whether it is the one that is used first; else the first of the list is. */
  readonly primary?: boolean;
}

/** The addresses of one kind that a contact has. */
export interface Addresses {
  readonly primary: string | null;
  readonly others: readonly string[];
}

/** What is to become of them; what is left out says nothing. */
export interface AddressChange {
  readonly primary?: string | null;
  /** All of them from now on. */
  readonly all?: readonly AddressInput[];
}

/** What two spellings of one address have in common. */
type AddressKeyFunction = (address: string) => string;

/** E-mails are the same regardless of case. */
export const emailKey: AddressKeyFunction = (email) => email.toLowerCase();
/** Telephone numbers are in one form already. */
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
 * Decides which addresses a contact has from now on.
 * - A list takes the place of all; the primary one comes first.
 * - A primary alone takes the place of the one before, which stays among the others when the new one was one of them.
 * - Without a primary the next of the others becomes it.
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

/** What is wrong with a list; null when nothing is. */
export function validateAddressChange({ primary, all = [] }: AddressChange, getKey: AddressKeyFunction): string | null {
  const first = new Set([
    ...all.filter((address) => address.primary).map(({ value }) => getKey(value)),
    ...(primary && all.length > 0 ? [getKey(primary)] : []),
  ]);
  return first.size > 1 ? 'only one of them can be the primary' : null;
}
