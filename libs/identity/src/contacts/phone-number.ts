// The default entry point uses a JSON import syntax that Node.js removed; this one takes the metadata as an argument.
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min.json';

/** The country of a workspace setting (ISO 3166-1 alpha-2); null if it is not supported. */
export function parseCountry(setting: unknown): CountryCode | null {
  const code = (typeof setting === 'string' ? setting.toUpperCase() : '') as CountryCode;
  return isSupportedCountry(code, metadata) ? code : null;
}

/** True if the number starts with a country code. */
export function isInternational(text: string): boolean {
  return /^\s*\+/.test(text);
}

/** Separators that people write between digits. */
const SEPARATORS = /[\s()./\u2010-\u2015-]/g;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Converts a phone number to E.164; null if it is not a phone number. An international number needs only the shape of
 * E.164: numbering plans change faster than the library's metadata, and tests use numbers outside of any plan.
 * @param country country whose national format is accepted; null for the international format only.
 */
export function toE164(text: string, country: CountryCode | null): string | null {
  const parsed = parsePhoneNumberFromString(
    text,
    { ...(country && { defaultCountry: country }), extract: false },
    metadata,
  );
  if (parsed?.isPossible()) return parsed.number;
  const compact = text.replace(SEPARATORS, '');
  return E164.test(compact) ? compact : null;
}

/** Characters of a phone number, or of the start of one. */
const PHONE_CHARACTERS = /^[+\d\s()./\u2010-\u2015-]+$/;
const MIN_DIGITS = 4;

/** A phone number in a search query. */
export interface PhoneSearch {
  /** Digit sequences to find within stored numbers. */
  readonly digits: readonly string[];
  /** The complete number in E.164 format, if the text is one. */
  readonly whole: string | null;
}

/**
 * Parses a search text as a phone number, ignoring separators; null if it is not one. Leading zeros are dropped,
 * because they stand for the country in national formats. Other trunk prefixes are known for the given country only.
 */
export function parsePhoneSearch(text: string, country: CountryCode | null): PhoneSearch | null {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (!PHONE_CHARACTERS.test(text) || digits.length < MIN_DIGITS) return null;
  const whole = toE164(text, country);
  return { digits: [...new Set([digits, ...(whole ? [whole.slice(1)] : [])])], whole };
}
