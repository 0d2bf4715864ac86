/**
 * The spellings of a word of a phrase that match it. The first number of several can follow the `v` of a version:
 * `2.10.3` and `v2.10.3` find each other.
 */
export function spellingsOf(words: readonly string[], index: number): readonly string[] {
  const word = words[index]!;
  if (index > 0 || words.length === 1 || !/^v?\d{1,3}$/u.test(word) || !/^\d/u.test(words[1]!)) return [word];
  return [word, word.startsWith('v') ? word.slice(1) : `v${word}`];
}

const MIN_PHONE_DIGITS = 7;
const SPACED_NUMBER = /^[+(]{0,2}\d[\d\s()./-]*$/u;
const SPACED_IBAN = /^[a-z]{2}\d{2}(?: [a-z\d]{4})+(?: [a-z\d]{1,3})?$/u;
const COMPACT_IBAN = /^[a-z]{2}\d{2}[a-z\d]{11,30}$/u;

/**
 * Other spellings, as words, of a query that is a number in groups, such as a phone number or an IBAN: without the
 * spaces; an IBAN without spaces also in its usual groups of four characters.
 * @param folded the query, folded
 */
export function otherGroupings(folded: string): readonly (readonly string[])[] {
  const number = folded.trim().replace(/\s+/gu, ' ');
  if (SPACED_IBAN.test(number)) return [[number.replaceAll(' ', '')]];
  if (COMPACT_IBAN.test(number)) return [number.match(/.{1,4}/gu)!];
  if (!SPACED_NUMBER.test(number)) return [];
  const digits = number.replace(/\D/gu, '');
  return digits.length >= MIN_PHONE_DIGITS && /\d\D+\d/u.test(number) ? [[digits]] : [];
}
