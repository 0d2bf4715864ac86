import { isISO31661Alpha2 } from 'class-validator';
import { isTimezone } from '../inboxes/business-hours.js';

/** The IANA zone in its usual spelling, or null when there is none of that name. A bare offset is no zone: it knows no summer time. */
export function normalizeTimezone(name: string): string | null {
  return /^[A-Za-z]/.test(name) && isTimezone(name) ? name : null;
}

/** The BCP 47 tag in its usual spelling (`en-us` is `en-US`), or null when it is none. */
export function normalizeLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** The ISO 3166-1 code in capitals, or null when no country has it. */
export function normalizeCountry(code: string): string | null {
  const upperCased = code.toUpperCase();
  return code.length === 2 && isISO31661Alpha2(upperCased) ? upperCased : null;
}
