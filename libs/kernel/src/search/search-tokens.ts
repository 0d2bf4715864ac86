import { UNSEGMENTED } from '../text/unsegmented-scripts.js';

/** Characters beyond ASCII that separate words. */
const SEPARATORS =
  String.raw`\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02df\u02e5-\u02ff\u0375\u0482` +
  String.raw`\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d` +
  String.raw`\u06d4\u06dd-\u06de\u06e9\u06fd-\u06fe\u0700-\u070d\u0964-\u0965\u0970\u0df4\u0e3f\u0e4f\u0e5a-\u0e5b` +
  String.raw`\u0f01-\u0f17\u0f3a-\u0f3d\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166d-\u166e\u1680\u17d4-\u17d6` +
  String.raw`\u17d8-\u17db\u1800-\u180a\u1944-\u1945\u2000-\u218f\u2200-\u22ff\u2400-\u259f\u27c0-\u2aff\u2e00-\u2e7f` +
  String.raw`\u2ff0-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb\u4dc0-\u4dff\ua4fe-\ua4ff\ua60d-\ua60f` +
  String.raw`\ua6f2-\ua6f7\ua8ce-\ua8cf\ua92e-\ua92f\ua9c1-\ua9cd\uaa5c-\uaa5f\uabeb\ue000-\uf8ff\ufd3e-\ufd4f` +
  String.raw`\ufe10-\ufe6f\ufff0-\uffff\u{f0000}-\u{10ffff}`;

/** Symbols and emoji, each of which is a word. */
const SYMBOLS = String.raw`\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u{1f000}-\u{1faff}`;

/** The word for a number sign, so that `#42` finds this text, and `42` too. */
export const NUMBER_SIGN = 'xnumbersign';

const ASCII_SEPARATORS = String.raw`\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f`;
const WORD_CHARACTER = `[^${ASCII_SEPARATORS}${SEPARATORS}${UNSEGMENTED}${SYMBOLS}A-Z]`;
const PART = new RegExp(`(?<run>[${UNSEGMENTED}]+)|[${SYMBOLS}]|#|${WORD_CHARACTER}+`, 'gu');
const FIRST_WORD_CHARACTER = new RegExp(`^${WORD_CHARACTER}`, 'u');
const LAST_WORD_CHARACTER = new RegExp(`${WORD_CHARACTER}$`, 'u');
const UNSEGMENTED_CHARACTER = new RegExp(`^[${UNSEGMENTED}]`, 'u');
const MAX_TOKEN_LENGTH = 500;

/** A word of a text, with its position in the folded text. */
export interface SearchToken {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a folded text into the words of the index, as `kernel.search_vector` does in Postgres: at all characters that
 * are neither letters nor digits. Text of scripts without spaces becomes its first character, all pairs of neighbouring
 * characters, and its last character.
 */
export function searchTokens(folded: string): SearchToken[] {
  return [...folded.matchAll(PART)].flatMap(({ 0: part, index, groups }): SearchToken[] => {
    if (groups!.run !== undefined) return pairs(part, index);
    const word = part === '#' ? NUMBER_SIGN : part.length > MAX_TOKEN_LENGTH ? cut(part) : part;
    return [{ word, start: index, end: index + part.length }];
  });
}

/** True if a word can start at the index of the folded text: not between two characters of one word. */
export function isWordStart(folded: string, index: number): boolean {
  const before = folded.slice(Math.max(0, index - 2), index);
  return !LAST_WORD_CHARACTER.test(before) || !FIRST_WORD_CHARACTER.test(folded.slice(index, index + 2));
}

/** True if the word is of a script without spaces. */
export function isUnsegmented(word: string): boolean {
  return UNSEGMENTED_CHARACTER.test(word);
}

/** Number of characters of a word. */
export function lengthOf(word: string): number {
  return [...word].length;
}

function cut(word: string): string {
  return [...word].slice(0, MAX_TOKEN_LENGTH).join('');
}

function pairs(run: string, start: number): SearchToken[] {
  const tokens: SearchToken[] = [];
  let previous = '';
  let position = start;
  for (const character of run) {
    tokens.push({ word: previous + character, start: position - previous.length, end: position + character.length });
    position += character.length;
    previous = character;
  }
  return [...tokens, { word: previous, start: position - previous.length, end: position }];
}
