/**
 * The case folding of the filter language. Postgres and JavaScript compute exactly the same result with it, independent
 * of the locale, the ICU version and the major version of the database.
 *
 * The fold maps one code point to one code point: to upper case and then to lower case, if both are single code points.
 * `É`, `Σ`/`ς`, `ẞ` and Cyrillic fold as expected. Characters outside ASCII never fold into ASCII (the Kelvin sign, `ı`
 * and `ſ` stay unchanged), so that `lower(x collate "C")`, which can be indexed, is a complete fold for ASCII values.
 * Text is not normalised (NFC/NFD). Operators that search in a text use `foldText`, which folds more.
 *
 * Postgres cannot compute this fold directly, because its `lower` depends on the locale. It does not have to: when
 * folded text is compared with a folded value, only characters that fold to a character of the value matter. Any other
 * character is unequal, folded or not. The SQL folds ASCII with `lower(x collate "C")` and translates only the few
 * characters that {@link foldSourcesOf} returns, from this same table.
 */
let foldOf: Map<number, number> | undefined;
let sourcesOf: Map<number, number[]> | undefined;

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

function tables(): { foldOf: Map<number, number>; sourcesOf: Map<number, number[]> } {
  if (foldOf && sourcesOf) return { foldOf, sourcesOf };
  foldOf = new Map();
  sourcesOf = new Map();
  for (let codePoint = 0x80; codePoint <= LAST_CASED_CODE_POINT; codePoint += 1) {
    if (!/\p{Changes_When_Casemapped}/u.test(String.fromCodePoint(codePoint))) continue;
    const folded = foldCodePoint(codePoint);
    if (folded === codePoint) continue;
    foldOf.set(codePoint, folded);
    sourcesOf.set(folded, [...(sourcesOf.get(folded) ?? []), codePoint]);
  }
  return { foldOf, sourcesOf };
}

/** Folds the case of a text for a case-insensitive comparison. Idempotent; keeps the number of code points. */
export function foldCase(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  const fold = tables().foldOf;
  let folded = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint < 0x80) folded += character.toLowerCase();
    else folded += String.fromCodePoint(fold.get(codePoint) ?? codePoint);
  }
  return folded;
}

/**
 * The non-ASCII characters that fold to a character of `foldedValues`, and the fold of each: two strings of equal
 * length in code points, for `translate(text, from, to)`. Both are empty if every value is ASCII.
 */
export function foldSourcesOf(foldedValues: readonly string[]): { from: string; to: string } {
  const targets = new Set<number>();
  for (const value of foldedValues) {
    if (ONLY_ASCII.test(value)) continue;
    for (const character of value) targets.add(character.codePointAt(0)!);
  }
  let from = '';
  let to = '';
  for (const target of targets) {
    if (target < 0x80) continue;
    for (const source of tables().sourcesOf.get(target) ?? []) {
      from += String.fromCodePoint(source);
      to += String.fromCodePoint(target);
    }
  }
  return { from, to };
}
