import { UNSEGMENTED } from '../text/unsegmented-scripts.js';
import { characterSetToAre, complementOf, unionOf, type CharacterSet } from './character-set.js';

/**
 * Characters of words: letters, digits and combining marks, and the underscore, except of scripts that do not separate
 * words. Each character of these is a word.
 */
const WORD_CHARACTER = `(?![${UNSEGMENTED}])[\\p{L}\\p{N}\\p{M}_]`;
const WORD = new RegExp(`^${WORD_CHARACTER}$`, 'u');

/**
 * True if the text contains the value as a whole word: where the value starts or ends with a character of a word, the
 * text has no such character next to it. Both have folded case.
 */
export function containsWord(text: string, value: string): boolean {
  const [startsWord, endsWord] = [isWord(firstOf(value)), isWord(lastOf(value))];
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + 1)) {
    const before = lastOf(text.slice(Math.max(0, start - 2), start));
    const after = firstOf(text.slice(start + value.length, start + value.length + 2));
    if (!(startsWord && isWord(before)) && !(endsWord && isWord(after))) return true;
  }
  return false;
}

/** The advanced regular expression of Postgres that matches the same texts. */
export function wordPattern(value: string): string {
  const literal = [...value].map((character) => characterSetToAre([pointRange(character)])).join('');
  const before = isWord(firstOf(value)) ? `(?:^|${otherCharacterPattern()})` : '';
  const after = isWord(lastOf(value)) ? `(?:$|${otherCharacterPattern()})` : '';
  return `${before}${literal}${after}`;
}

function pointRange(character: string): readonly [number, number] {
  const codePoint = character.codePointAt(0)!;
  return [codePoint, codePoint];
}

function isWord(character: string): boolean {
  return WORD.test(character);
}

function firstOf(text: string): string {
  const codePoint = text.codePointAt(0);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function lastOf(text: string): string {
  return [...text.slice(-2)].at(-1) ?? '';
}

const BLOCK_SIZE = 0x1000;
/** Later planes have no letters, digits or marks other than the variation selectors. */
const LAST_BLOCK = 0x3f000;
const VARIATION_BLOCK = 0xe0000;
const WORD_RUN = new RegExp(`(?:${WORD_CHARACTER})+`, 'gu');

let otherCharacter: string | undefined;

/** The expression of a character that is no part of words. Computed on first use from the properties of all characters. */
function otherCharacterPattern(): string {
  otherCharacter ??= characterSetToAre(complementOf(unionOf(...blockStarts().map(wordsOfBlock))));
  return otherCharacter;
}

function blockStarts(): number[] {
  return [...Array.from({ length: LAST_BLOCK / BLOCK_SIZE + 1 }, (_, index) => index * BLOCK_SIZE), VARIATION_BLOCK];
}

/** The characters of words in a block, as runs in a text of all its characters in order. */
function wordsOfBlock(start: number): CharacterSet {
  // Surrogates, which are no characters, are the second half of their block.
  const size = start === 0xd000 ? 0x800 : BLOCK_SIZE;
  const text = String.fromCodePoint(...Array.from({ length: size }, (_, index) => start + index));
  return Array.from(text.matchAll(WORD_RUN), ([run]) => [run.codePointAt(0)!, lastOf(run).codePointAt(0)!] as const);
}
