// The plain entry imports JSON in a way that Node has given up; this one is told of its metadata.
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min.json';

/** A country as settings name it, when there is one: ISO 3166-1 alpha-2. */
export function countryOf(setting: unknown): CountryCode | null {
  const code = (typeof setting === 'string' ? setting.toUpperCase() : '') as CountryCode;
  return isSupportedCountry(code, metadata) ? code : null;
}

/** Whether a number says by itself which country it is of. */
export function isInternational(text: string): boolean {
  return /^\s*\+/.test(text);
}

/**
 * A telephone number in the form E.164; null for what is none. Its length is held against its country's numbering plan, its
 * range is not: those change faster than any copy of them.
 * @param country whose national form is understood; null takes the international form only.
 */
export function toE164(text: string, country: CountryCode | null): string | null {
  const parsed = parsePhoneNumberFromString(text, { ...(country && { defaultCountry: country }), extract: false }, metadata);
  return parsed?.isPossible() ? parsed.number : null;
}
