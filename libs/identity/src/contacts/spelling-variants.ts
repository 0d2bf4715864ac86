/** The letters below which nothing is taken for mistyped. */
const MIN_WORD_LENGTH = 4;

/** The letters up to which one that is too many is looked for; of longer words enough is left to resemble. */
const MAX_DELETION_LENGTH = 6;

/** Most spellings that are tried; each costs a look into the index. */
const MAX_VARIANTS = 48;

const WORD = new RegExp(`\\p{L}{${MIN_WORD_LENGTH},}`, 'gu');

/**
 * Other spellings of which one may have been meant: two neighbouring letters of a word exchanged, or one of a short word left out. What is
 * compared three letters at a time is too different then to be told from chance.
 */
export function spellingVariants(text: string): string[] {
  const found = new Set<string>();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const [before, letters, after] = [text.slice(0, index), [...word], text.slice(index + word.length)];
    const addVariant = (...parts: readonly (readonly string[])[]): unknown =>
      found.add(before + parts.flat().join('') + after);
    for (let position = 0; position < letters.length - 1; position += 1)
      addVariant(letters.slice(0, position), [letters[position + 1]!, letters[position]!], letters.slice(position + 2));
    for (let position = 0; letters.length <= MAX_DELETION_LENGTH && position < letters.length; position += 1)
      addVariant(letters.slice(0, position), letters.slice(position + 1));
  }
  found.delete(text);
  return [...found].slice(0, MAX_VARIANTS);
}

/** What is compared three letters at a time: of an e-mail what stands before the sign, for its domain is like that of very many. Null of what is too short to be mistyped. */
export function similarityTerm(text: string): string | null {
  const [localPart = ''] = text.split('@');
  const term = [...localPart].length >= MIN_WORD_LENGTH ? localPart : text;
  return [...term].length >= MIN_WORD_LENGTH ? term : null;
}
