/** Minimum number of letters of a word for spelling correction. */
const MIN_WORD_LENGTH = 4;

/**
 * Maximum number of letters of a word for which one surplus letter is considered. Longer words remain similar enough
 * for the trigram search.
 */
const MAX_DELETION_LENGTH = 6;

/** Maximum number of variants. Each costs an index lookup. */
const MAX_VARIANTS = 48;

const WORD = new RegExp(`\\p{L}{${MIN_WORD_LENGTH},}`, 'gu');

/**
 * Alternative spellings of a text: two neighbouring letters of a word swapped, or one letter of a short word removed.
 * Trigram similarity cannot detect these typos.
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

/**
 * The part of a search text for trigram similarity: of an e-mail, the local part, because many e-mails share a domain.
 * Null if the text is too short.
 */
export function similarityTerm(text: string): string | null {
  const [localPart = ''] = text.split('@');
  const term = [...localPart].length >= MIN_WORD_LENGTH ? localPart : text;
  return [...term].length >= MIN_WORD_LENGTH ? term : null;
}
