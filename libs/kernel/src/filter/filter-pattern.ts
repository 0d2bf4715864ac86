import { LRUCache } from 'lru-cache';
import { RE2JS } from 're2js';

import { toPortablePattern } from './portable-pattern.js';
import { FILTER_LIMITS, type FilterPurpose } from './filter-types.js';

/**
 * Maximum number of instructions of a compiled pattern. Bounds the work per character, because the time of RE2 is
 * linear in both. A literal character is one instruction.
 */
const MAX_PROGRAM_SIZE = 600;

const compiled = new LRUCache<string, RE2JS>({ max: 200 });

function compile(pattern: string): RE2JS {
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = RE2JS.compile(pattern);
    compiled.set(pattern, regex);
  }
  return regex;
}

function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : 'unknown error';
  return message.replace(/^error parsing regexp: /, '').slice(0, 120);
}

/**
 * The reason why the pattern cannot be used for this purpose: not RE2, too large or, for `sql`, not portable to
 * Postgres. Undefined if it can.
 */
export function patternIssue(pattern: string, purpose: FilterPurpose): string | undefined {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > FILTER_LIMITS.patternLength)
    return `must be at most ${FILTER_LIMITS.patternLength} characters long`;
  try {
    if (compile(pattern).programSize() > MAX_PROGRAM_SIZE)
      return 'is too large a pattern after its repetitions are expanded';
  } catch (error) {
    return `is not a valid RE2 pattern: ${describeError(error)}`;
  }
  if (purpose === 'memory') return undefined;
  const portable = toPortablePattern(pattern);
  return portable.ok ? undefined : `uses ${portable.reason}, which is not supported in patterns of lists and searches`;
}

/**
 * True if the pattern, which must have no {@link patternIssue}, matches anywhere in the text. Takes time linear in the
 * text.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  return compile(pattern).test(text);
}
