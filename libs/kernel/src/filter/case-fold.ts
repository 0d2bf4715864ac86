/**
 * The case folding of the filter language, chosen so that Postgres and JavaScript compute exactly the same answer whatever the
 * database's locale, its ICU version or its major version.
 *
 * The fold maps one code point to one code point: to upper case and then to lower case, where both are single code points. So
 * `É`, `Σ`/`ς`, `ẞ` and Cyrillic fold as expected. Characters outside ASCII never fold into ASCII (the Kelvin sign, `ı`, `ſ` stay
 * themselves), which keeps `lower(x collate "C")`, indexable, a complete fold for ASCII values. Text is not normalised (NFC/NFD).
 *
 * Postgres cannot be asked for this fold directly: its `lower` depends on the locale. It does not have to be. When folded text is
 * compared with a folded value, only characters that fold to one of the value's own characters matter: any other
 * character is unequal folded or not. So SQL folds ASCII with `lower(x collate "C")` and translates just the few characters
 * that {@link foldSourcesOf} names, from this same table.
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

/** Text folded for a comparison that ignores case; idempotent, and keeps the number of code points. */
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
 * The characters beyond ASCII that fold to a character of `foldedValues`, and what each folds to: two strings of equal length in
 * code points, ready for `translate(text, from, to)`. Both are empty when every value is ASCII.
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
