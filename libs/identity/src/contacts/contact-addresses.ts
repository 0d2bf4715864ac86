/** An e-mail or telephone number as it is asked for. */
export interface WantedAddress {
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
  readonly all?: readonly WantedAddress[];
}

/** What two spellings of one address have in common. */
type KeyOf = (address: string) => string;

/** E-mails are the same regardless of case. */
export const emailKey: KeyOf = (email) => email.toLowerCase();
/** Telephone numbers are in one form already. */
export const phoneKey: KeyOf = (phone) => phone;

function distinct(addresses: readonly string[], keyOf: KeyOf): string[] {
  return [...new Map([...addresses].reverse().map((address) => [keyOf(address), address])).values()].reverse();
}

function without(addresses: readonly string[], address: string, keyOf: KeyOf): string[] {
  return addresses.filter((one) => keyOf(one) !== keyOf(address));
}

function settled(addresses: readonly string[]): Addresses {
  const [primary, ...others] = addresses;
  return { primary: primary ?? null, others };
}

/**
 * Decides which addresses a contact has from now on.
 * - A list takes the place of all; the primary one comes first.
 * - A primary alone takes the place of the one before, which stays among the others when the new one was one of them.
 * - Without a primary the next of the others becomes it.
 */
export function changeAddresses(before: Addresses, { primary, all }: AddressChange, keyOf: KeyOf): Addresses {
  if (all) {
    const first = primary ?? all.find((address) => address.primary)?.value;
    const values = all.map(({ value }) => value);
    return settled(distinct(first === undefined ? values : [first, ...without(values, first, keyOf)], keyOf));
  }
  if (primary === undefined) return before;
  if (primary === null) return settled(before.others);
  const others = without(before.others, primary, keyOf);
  const swapped = others.length < before.others.length && before.primary !== null;
  return { primary, others: swapped ? [before.primary, ...others] : others };
}

/** What is wrong with a list; null when nothing is. */
export function addressFault({ primary, all = [] }: AddressChange, keyOf: KeyOf): string | null {
  const first = new Set([
    ...all.filter((address) => address.primary).map(({ value }) => keyOf(value)),
    ...(primary && all.length > 0 ? [keyOf(primary)] : []),
  ]);
  return first.size > 1 ? 'only one of them can be the primary' : null;
}
