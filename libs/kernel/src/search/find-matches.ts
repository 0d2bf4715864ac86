import { uniqBy } from 'es-toolkit';
import { foldTextWithOrigins } from '../text/fold-text.js';
import type { SearchPhrase, SearchQuery } from './search-query.js';
import { spellingsOf } from './search-spellings.js';
import { isUnsegmented, lengthOf, searchTokens, type SearchToken } from './search-tokens.js';

/** A part of a text that matches a phrase of a query, as indexes in the text. */
export interface TextMatch {
  readonly start: number;
  readonly end: number;
  /** The phrase, as its position among those of the query. */
  readonly phrase: number;
}

/** Maximum number of phrases that are marked. */
const MAX_PHRASES = 20;

/** Returns the phrases of a query that a text must contain, at most the first 20. */
export function requiredPhrases(query: SearchQuery): SearchPhrase[] {
  const phrases = query.flat().filter(({ negated }) => !negated);
  return uniqBy(phrases, ({ words, partial }) => `${words.join(' ')}${partial ? '*' : ''}`).slice(0, MAX_PHRASES);
}

/** Finds the parts of a text that match phrases of a query, by their start. They do not overlap. */
export function findMatches(text: string, phrases: readonly SearchPhrase[]): TextMatch[] {
  const folded = foldTextWithOrigins(text);
  const tokens = searchTokens(folded.text);
  const matches: TextMatch[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    phrases.forEach((phrase, position) => {
      const range = matchAt(tokens, index, phrase);
      if (range === null) return;
      const [start, end] = [folded.origins[range.start]!, endOrigin(folded.origins, range.end)];
      const previous = matches.at(-1);
      if (previous && start < previous.end) {
        if (end > previous.end) matches[matches.length - 1] = { ...previous, end };
      } else if (end > start) matches.push({ start, end, phrase: position });
    });
  }
  return matches;
}

// Folded characters can have the same origin: the match ends where the next character of the text starts.
function endOrigin(origins: readonly number[], end: number): number {
  let next = end;
  while (next < origins.length - 1 && origins[next] === origins[end - 1]) next += 1;
  return origins[next]!;
}

function matchAt(
  tokens: readonly SearchToken[],
  index: number,
  { words, partial }: SearchPhrase,
): { readonly start: number; readonly end: number } | null {
  const last = tokens[index + words.length - 1];
  if (last === undefined || !(spellingsOf(words, 0).includes(tokens[index]!.word) || words.length === 1)) return null;
  for (const [offset, word] of words.entries()) {
    const token = tokens[index + offset]!;
    const isMatch =
      spellingsOf(words, offset).includes(token.word) ||
      (partial && offset === words.length - 1 && token.word.startsWith(word));
    if (!isMatch) return null;
  }
  const lastWord = words.at(-1)!;
  const isFirstOfPair = last.word !== lastWord && isUnsegmented(lastWord) && lengthOf(lastWord) === 1;
  return { start: tokens[index]!.start, end: isFirstOfPair ? last.start + lastWord.length : last.end };
}
