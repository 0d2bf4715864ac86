/** The letters below which nothing is taken for mistyped. */
const MISTYPED = 4;

/** The letters up to which one that is too many is looked for; of longer words enough is left to resemble. */
const SHORT = 6;

/** Most spellings that are tried; each costs a look into the index. */
const MOST = 48;

const WORD = new RegExp(`\\p{L}{${MISTYPED},}`, 'gu');

/**
 * Other spellings of which one may have been meant: two neighbouring letters of a word exchanged, or one of a short word left out. What is
 * compared three letters at a time is too different then to be told from chance.
 */
export function spellingsOf(text: string): string[] {
  const found = new Set<string>();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const [before, letters, after] = [text.slice(0, index), [...word], text.slice(index + word.length)];
    const spelled = (...parts: readonly (readonly string[])[]): unknown =>
      found.add(before + parts.flat().join('') + after);
    for (let at = 0; at < letters.length - 1; at += 1)
      spelled(letters.slice(0, at), [letters[at + 1]!, letters[at]!], letters.slice(at + 2));
    for (let at = 0; letters.length <= SHORT && at < letters.length; at += 1)
      spelled(letters.slice(0, at), letters.slice(at + 1));
  }
  found.delete(text);
  return [...found].slice(0, MOST);
}

/** What is compared three letters at a time: of an e-mail what stands before the sign, for its domain is like that of very many. Null of what is too short to be mistyped. */
export function resembledPart(text: string): string | null {
  const [own = ''] = text.split('@');
  const part = [...own].length >= MISTYPED ? own : text;
  return [...part].length >= MISTYPED ? part : null;
}
