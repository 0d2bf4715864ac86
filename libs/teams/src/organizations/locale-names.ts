import { isISO31661Alpha2 } from 'class-validator';
import { isTimezone } from '../inboxes/business-hours.js';

/**
 * Returns the name if it is an IANA time zone, otherwise null. UTC offsets are rejected because they have no daylight
 * saving time.
 */
export function normalizeTimezone(name: string): string | null {
  return /^[A-Za-z]/.test(name) && isTimezone(name) ? name : null;
}

/** Returns the canonical form of a BCP 47 tag (`en-us` is `en-US`), or null if it is invalid. */
export function normalizeLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Returns the ISO 3166-1 alpha-2 code in upper case, or null if no country has it. */
export function normalizeCountry(code: string): string | null {
  const upperCased = code.toUpperCase();
  return code.length === 2 && isISO31661Alpha2(upperCased) ? upperCased : null;
}
