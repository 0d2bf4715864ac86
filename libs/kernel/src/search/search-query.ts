import { foldText } from '../text/fold-text.js';
import { otherGroupings, spellingsOf } from './search-spellings.js';
import { isUnsegmented, lengthOf, NUMBER_SIGN, searchTokens } from './search-tokens.js';

/** Consecutive words that a text must contain or, if `negated`, must not contain. */
export interface SearchPhrase {
  readonly words: readonly string[];
  readonly negated: boolean;
  /** True if the last word can be the start of a longer one. */
  readonly partial: boolean;
}

/** Alternatives, each of which is a list of phrases that must all match. Not empty. */
export type SearchQuery = readonly (readonly SearchPhrase[])[];

const PART = /(?<minus>-?)"(?<phrase>[^"]*)(?:"|$)|(?<term>[^\s"]+)/gu;

/**
 * Parses search terms: words, `"exact phrases"`, `or`, and `-excluded` terms. A term of several words, such as a link,
 * an e-mail address or an order number, is a phrase. The last term also matches the start of a word. Null if a text
 * without any word would match: there are no words, or only excluded ones.
 * @param options.shortPrefixes true if the last term can also be one or two letters of a longer word.
 */
export function parseSearchQuery(text: string, options: { shortPrefixes?: boolean } = {}): SearchQuery | null {
  const alternatives: SearchPhrase[][] = [[]];
  for (const { 0: part, groups } of text.matchAll(PART)) {
    const { minus, phrase, term } = groups!;
    if (/^or$/iu.test(part)) {
      if (alternatives.at(-1)!.length > 0) alternatives.push([]);
      continue;
    }
    const words = toWords(phrase ?? term!);
    const negated = minus === '-' || (term?.startsWith('-') ?? false);
    if (words.length > 0)
      alternatives.at(-1)!.push({ words, negated, partial: words.length === 1 && isSingleCharacter(words[0]!) });
  }
  if (alternatives.length > 1 && alternatives.at(-1)!.length === 0) alternatives.pop();
  if (!alternatives.every((phrases) => phrases.some(({ negated }) => !negated))) return null;
  const last = alternatives.at(-1)!.pop()!;
  const canBePartial = !last.negated && !isPair(last.words.at(-1)!);
  const partial = last.partial || (canBePartial && (options.shortPrefixes || isLastTermPartial(foldText(text))));
  const regrouped = otherGroupings(foldText(text)).map((words) => [{ words, negated: false, partial: true }]);
  return [...regrouped, ...alternatives.slice(0, -1), [...alternatives.at(-1)!, { ...last, partial }]];
}

/** The last word of a query if it can be incomplete; else null. */
export function partialWordOf(query: SearchQuery): string | null {
  const last = query.at(-1)!.at(-1)!;
  return last.partial && !last.negated ? last.words.at(-1)! : null;
}

/**
 * The query in the syntax of `tsquery`.
 * @param completions words that replace the last word if it can be incomplete.
 */
export function toTsquery(query: SearchQuery, completions: readonly string[] = []): string {
  const last = query.at(-1)!.at(-1)!;
  const format = (phrase: SearchPhrase): string => formatPhrase(phrase, phrase === last ? completions : []);
  return query.map((phrases) => phrases.map(format).join(' & ')).join(' | ');
}

/** A word of the index in the syntax of `tsquery`. */
export function quoteWord(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`;
}

/** True if the last term can be a prefix. One or two letters of an alphabet would match far too many words. */
export function isLastTermPartial(terms: string): boolean {
  return /(?:[\p{L}\p{N}]{3}|[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{C}])[^\p{L}\p{N}]*$/u.test(terms);
}

function formatPhrase({ words, negated, partial }: SearchPhrase, completions: readonly string[]): string {
  const last =
    completions.length > 0 ? formatSpellings(completions) : `${quoteWord(words.at(-1)!)}${partial ? ':*' : ''}`;
  const others = words.slice(0, -1).map((_word, index) => formatSpellings(spellingsOf(words, index)));
  return `${negated ? '!' : ''}( ${[...others, last].join(' <-> ')} )`;
}

function formatSpellings(spellings: readonly string[]): string {
  return spellings.length === 1 ? quoteWord(spellings[0]!) : `( ${spellings.map(quoteWord).join(' | ')} )`;
}

// The first and the last character of a term can be in the middle of a text without spaces. A number sign counts before
// a number, and inside a term such as a link.
function toWords(term: string): string[] {
  const words = searchTokens(foldText(term)).map(({ word }) => word);
  if (words[0] === NUMBER_SIGN && !/^\p{N}/u.test(words[1] ?? '')) words.shift();
  if (words.at(-1) === NUMBER_SIGN) words.pop();
  if (words.length > 1 && isSingleCharacter(words[0]!)) words.shift();
  if (words.length > 1 && isSingleCharacter(words.at(-1)!)) words.pop();
  return words;
}

function isSingleCharacter(word: string): boolean {
  return isUnsegmented(word) && lengthOf(word) === 1;
}

function isPair(word: string): boolean {
  return isUnsegmented(word) && lengthOf(word) > 1;
}
