/** Accents, Arabic and Hebrew marks, tatweel, and invisible characters. */
const IGNORED =
  String.raw`\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u061c\u0640` +
  String.raw`\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u180b-\u180f\u200b-\u200f\u202a-\u202e` +
  String.raw`\u2060-\u2064\u2066-\u206f\u20e3\ufe00-\ufe0f\ufeff\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e01ef}`;

const IGNORED_CHARACTERS = new RegExp(`[${IGNORED}]+`, 'gu');
const APOSTROPHES = /[‘’ʼ]/gu;
const ONLY_ASCII = /^[\x00-\x7f]*$/;

const DIGITS = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '०१२३४५६७८९', '০১২৩৪৫৬৭৮৯', '๐๑๒๓๔๕๖๗๘๙'];
// Capitals that the Unicode tables of older versions do not know, and their small letters.
const RECENT_CAPITALS = 'ᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿⰯꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜꟵ';
const RECENT_LETTERS = [...'ᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿⱟꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛꟶ'];

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ı: 'i', ς: 'σ' }),
  ...[...RECENT_CAPITALS].map((capital, index): [string, string] => [capital, RECENT_LETTERS[index]!]),
  ...DIGITS.flatMap((digits) => [...digits].map((digit, value): [string, string] => [digit, String(value)])),
]);
const REPLACED_CHARACTERS = new RegExp(`[${[...REPLACEMENTS.keys()].join('')}]`, 'gu');

/**
 * Folds a text for searches and comparisons: without case, accents, Arabic and Hebrew marks, tatweel and invisible
 * characters; `ß` is `ss`, `’` is `'`, `№` is `#`, full-width characters and ligatures are their usual forms, digits are
 * ASCII (NFKC).
 * The result is the same as of `kernel.fold_text` in Postgres. Idempotent.
 */
export function foldText(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  const decomposed = text.replaceAll('№', '#').normalize('NFKD').replace(APOSTROPHES, "'");
  const plain = decomposed.replace(IGNORED_CHARACTERS, '').toLowerCase();
  return plain.replace(REPLACED_CHARACTERS, (character) => REPLACEMENTS.get(character)!).normalize('NFKC');
}

/** A folded text with the index in the original text of each index in it, and of its end. */
export interface FoldedText {
  readonly text: string;
  readonly origins: readonly number[];
}

// A letter with its marks, or a Hangul syllable in letters: the parts that folding never combines with others.
const UNIT = new RegExp(`[^][\\u1160-\\u11ff]*(?:[\\p{M}\\uff9e\\uff9f]|[${IGNORED}])*`, 'gu');

/** Folds a text as {@link foldText} does, and keeps the indexes of the original. */
export function foldTextWithOrigins(text: string): FoldedText {
  const parts: string[] = [];
  const origins: number[] = [];
  for (const { 0: unit, index } of text.matchAll(UNIT)) {
    const folded = foldText(unit);
    parts.push(folded);
    for (let position = 0; position < folded.length; position += 1) origins.push(index);
  }
  return { text: parts.join(''), origins: [...origins, text.length] };
}
