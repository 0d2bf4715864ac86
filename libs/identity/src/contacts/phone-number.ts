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
  return normalizePhoneText(text).startsWith('+');
}

/**
 * The text with ordinary digits, without invisible characters, and without `tel:` and unknown parameters of such links.
 * Spreadsheets append `.0` to long numbers.
 */
function normalizePhoneText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/;(?!ext=|phone-context=)[^;]*/gi, '')
    .replace(/^(\+?\d{7,})\.0+$/, '$1');
}

/** Separators that people write between digits. */
const SEPARATORS = /[\s()./\u2010-\u2015\u2212-]/g;
/** The prefix of international numbers in most countries. */
const INTERNATIONAL_PREFIX = /^00[\s-]*(?=[1-9])/;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Converts a phone number to E.164, followed by `;ext=` and the digits of its extension if it has one; null if it is not
 * a phone number. An international number starts with `+` or `00`, and needs only the shape of
 * E.164: numbering plans change faster than the library's metadata, and tests use numbers outside of any plan.
 * @param country country whose national format is accepted; null for the international format only.
 */
export function toE164(text: string, country: CountryCode | null): string | null {
  const normalized = normalizePhoneText(text);
  const international = normalized.replace(INTERNATIONAL_PREFIX, '+');
  if (international === normalized) return parseE164(normalized, country);
  // In some countries, other prefixes and national numbers start with 00.
  const national = country && parseE164(normalized, country);
  return national && isValidPhone(national) ? national : parseE164(international, null);
}

function parseE164(normalized: string, country: CountryCode | null): string | null {
  const parsed = parsePhoneNumberFromString(
    normalized,
    { ...(country && { defaultCountry: country }), extract: false },
    metadata,
  );
  const number = parsed?.number ?? normalized.replace(SEPARATORS, '');
  const isNumber = parsed?.isPossible() || (normalized.startsWith('+') && E164.test(number));
  if (!isNumber) return null;
  return parsed?.ext ? `${number};ext=${parsed.ext}` : number;
}

/** True if the numbering plan of the country has the number. New numbers can be unknown. */
export function isValidPhone(number: string): boolean {
  return parsePhoneNumberFromString(number, { extract: false }, metadata)?.isValid() ?? false;
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
  const normalized = normalizePhoneText(text);
  const digits = normalized.replace(/\D/g, '').replace(/^0+/, '');
  if (!PHONE_CHARACTERS.test(normalized) || digits.length < MIN_DIGITS) return null;
  const whole = toE164(text, country);
  return { digits: [...new Set([digits, ...(whole ? [whole.slice(1).replace(/;.*/, '')] : [])])], whole };
}
