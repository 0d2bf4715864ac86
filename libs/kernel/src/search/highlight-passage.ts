import { foldText } from '../text/fold-text.js';
import { findMatches, requiredPhrases, type TextMatch } from './find-matches.js';
import { escapeHtml } from './highlight-terms.js';
import type { SearchPhrase, SearchQuery } from './search-query.js';
import { spellingsOf } from './search-spellings.js';
import { isWordStart, NUMBER_SIGN } from './search-tokens.js';

/** Length of the parts of a text that are searched one after the other. */
const PART_LENGTH = 2_000;
const OVERLAP_LENGTH = 200;

const MAX_PASSAGE_LENGTH = 240;
const MAX_LENGTH_BEFORE_MATCH = 60;

/** The best passage of a text for a query, as HTML with `<mark>` around the matches. Its start if nothing matches. */
export function highlightPassage(text: string, query: SearchQuery): string {
  const phrases = requiredPhrases(query);
  for (const part of splitText(text)) {
    const matches = canMatch(foldText(part), phrases) ? findMatches(part, phrases) : [];
    if (matches.length > 0) return markMatches(part, passageOf(part, matches), matches);
  }
  return markMatches(text, { start: 0, end: endOfPassage(text, MAX_PASSAGE_LENGTH) }, []);
}

/** Escapes a part of a text for HTML, with `<mark>` around its matches. */
export function markMatches(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  matches: readonly TextMatch[],
): string {
  const parts: string[] = [];
  let position = start;
  for (const match of matches) {
    if (match.start < position || match.end > end) continue;
    parts.push(escapeHtml(text.slice(position, match.start)));
    parts.push(`<mark>${escapeHtml(text.slice(match.start, match.end))}</mark>`);
    position = match.end;
  }
  return (parts.join('') + escapeHtml(text.slice(position, end))).trim();
}

// Most parts of a long text contain no match, which this check finds out faster than a comparison of words.
function canMatch(folded: string, phrases: readonly SearchPhrase[]): boolean {
  return phrases.some(({ words }) =>
    words.every(
      (word, index) =>
        word === NUMBER_SIGN || spellingsOf(words, index).some((spelling) => containsWord(folded, spelling)),
    ),
  );
}

/** True if a word of the text starts with `word`. Words of scripts without spaces and symbols start everywhere. */
function containsWord(folded: string, word: string): boolean {
  for (let index = folded.indexOf(word); index >= 0; index = folded.indexOf(word, index + 1))
    if (isWordStart(folded, index)) return true;
  return false;
}

function splitText(text: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + PART_LENGTH < text.length ? breakBefore(text, start + PART_LENGTH, start) : text.length;
    parts.push(text.slice(start, end));
    // A part of a text without spaces also contains the end of the previous one, with words that the cut divides.
    const isCut = end < text.length && !/\s/u.test(text[end - 1]!);
    start = isCut ? betweenCharacters(text, end - OVERLAP_LENGTH) : end;
  }
  return parts;
}

/** The passage with most of the phrases, which starts a little before a match. */
function passageOf(text: string, matches: readonly TextMatch[]): { readonly start: number; readonly end: number } {
  let best = matches[0]!;
  let bestCount = 0;
  for (const [index, match] of matches.entries()) {
    const nearby = matches.slice(index, index + 20).filter(({ end }) => end - match.start <= MAX_PASSAGE_LENGTH / 2);
    const count = new Set(nearby.map(({ phrase }) => phrase)).size;
    if (count > bestCount) [best, bestCount] = [match, count];
  }
  const earliest = best.start - MAX_LENGTH_BEFORE_MATCH;
  const start = earliest <= 0 ? 0 : breakAfter(text, earliest, best.start);
  return { start, end: Math.max(best.end, endOfPassage(text, start + MAX_PASSAGE_LENGTH)) };
}

function endOfPassage(text: string, limit: number): number {
  return limit >= text.length ? text.length : breakBefore(text, limit, limit - MAX_LENGTH_BEFORE_MATCH);
}

/** The end of the last whitespace before `limit`, but not before `earliest`; else a place between two characters. */
function breakBefore(text: string, limit: number, earliest: number): number {
  for (let position = limit; position > earliest; position -= 1) if (/\s/u.test(text[position - 1]!)) return position;
  return betweenCharacters(text, limit);
}

/** The end of the first whitespace after `earliest`, but not after `limit`; else a place between two characters. */
function breakAfter(text: string, earliest: number, limit: number): number {
  for (let position = earliest; position < limit; position += 1) if (/\s/u.test(text[position]!)) return position + 1;
  return betweenCharacters(text, earliest);
}

function betweenCharacters(text: string, position: number): number {
  return /[\udc00-\udfff]/.test(text[position] ?? '') ? position - 1 : position;
}
