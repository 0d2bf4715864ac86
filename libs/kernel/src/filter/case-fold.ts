/**
 * Folds the case of names and IDs, independent of the locale and the ICU version.
 *
 * The fold maps one code point to one code point: to upper case and then to lower case, if both are single code points.
 * Characters outside ASCII never fold into ASCII (the Kelvin sign, `ı` and `ſ` stay unchanged). Text is not normalised
 * (NFC/NFD). Comparisons of text use `foldText`, which folds more.
 */
let foldOf: Map<number, number> | undefined;

const ONLY_ASCII = /^[\x00-\x7f]*$/;
const LAST_CASED_CODE_POINT = 0x1ffff;

function singleCodePoint(text: string, otherwise: number): number {
  const codePoint = text.codePointAt(0)!;
  return text.length === (codePoint > 0xffff ? 2 : 1) ? codePoint : otherwise;
}

function foldCodePoint(codePoint: number): number {
  const upper = singleCodePoint(String.fromCodePoint(codePoint).toUpperCase(), codePoint);
  const lower = singleCodePoint(String.fromCodePoint(upper).toLowerCase(), upper);
  return lower < 0x80 ? codePoint : lower;
}

function foldTable(): Map<number, number> {
  if (foldOf) return foldOf;
  foldOf = new Map();
  for (let codePoint = 0x80; codePoint <= LAST_CASED_CODE_POINT; codePoint += 1) {
    if (!/\p{Changes_When_Casemapped}/u.test(String.fromCodePoint(codePoint))) continue;
    const folded = foldCodePoint(codePoint);
    if (folded !== codePoint) foldOf.set(codePoint, folded);
  }
  return foldOf;
}

/** Folds the case of a text for a case-insensitive comparison. Idempotent; keeps the number of code points. */
export function foldCase(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  const fold = foldTable();
  let folded = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint < 0x80) folded += character.toLowerCase();
    else folded += String.fromCodePoint(fold.get(codePoint) ?? codePoint);
  }
  return folded;
}
