// The plain entry imports JSON in a way that Node has given up; this one is told of its metadata.
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min.json';

/** A country as settings name it, when there is one: ISO 3166-1 alpha-2. */
export function parseCountry(setting: unknown): CountryCode | null {
  const code = (typeof setting === 'string' ? setting.toUpperCase() : '') as CountryCode;
  return isSupportedCountry(code, metadata) ? code : null;
}

/** Whether a number says by itself which country it is of. */
export function isInternational(text: string): boolean {
  return /^\s*\+/.test(text);
}

/** What people write between the digits. */
const SEPARATORS = /[\s()./\u2010-\u2015-]/g;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A telephone number in the form E.164; null for what is none. One in the international form needs no more than that form's
 * shape: numbering plans change faster than any copy of them, and examples and tests use numbers that are in none.
 * @param country whose national form is understood; null takes the international form only.
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

/** What has the look of a telephone number, or of the beginning of one. */
const PHONE_CHARACTERS = /^[+\d\s()./\u2010-\u2015-]+$/;
const MIN_DIGITS = 4;

/** A telephone number as somebody looks for it. */
export interface PhoneSearch {
  /** What may stand in one that is kept, in part or whole. */
  readonly digits: readonly string[];
  /** The number itself, in the form E.164, when it is one. */
  readonly whole: string | null;
}

/**
 * The telephone number that is looked for by a text, whatever stands between its digits; null for what is none. In the national
 * form, zeros in front stand for the country; what else stands for it is known of the given country only.
 */
export function parsePhoneSearch(text: string, country: CountryCode | null): PhoneSearch | null {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (!PHONE_CHARACTERS.test(text) || digits.length < MIN_DIGITS) return null;
  const whole = toE164(text, country);
  return { digits: [...new Set([digits, ...(whole ? [whole.slice(1)] : [])])], whole };
}
