import { LRUCache } from 'lru-cache';
import { RE2JS } from 're2js';

import { toPortablePattern } from './portable-pattern.js';
import { FILTER_LIMITS, type FilterPurpose } from './filter-types.js';

/** Instructions of a compiled pattern: bounds the work per character, since RE2 is linear in both. A literal takes one a character. */
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

/** Why the pattern cannot be used for this purpose, or undefined when it can: not RE2, too large, or (sql) not portable to Postgres. */
export function patternIssue(pattern: string, purpose: FilterPurpose): string | undefined {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > FILTER_LIMITS.patternLength)
    return `must be at most ${FILTER_LIMITS.patternLength} characters long`;
  try {
    if (compile(pattern).programSize() > MAX_PROGRAM_SIZE)
      return 'is too large a pattern once its repetitions are written out';
  } catch (error) {
    return `is not a valid RE2 pattern: ${describeError(error)}`;
  }
  if (purpose === 'memory') return undefined;
  const portable = toPortablePattern(pattern);
  return portable.ok ? undefined : `uses ${portable.reason}, which patterns in lists and searches cannot`;
}

/** Whether the pattern, one without {@link patternIssue}, matches anywhere in the text; in time linear in the text. */
export function matchesPattern(pattern: string, text: string): boolean {
  return compile(pattern).test(text);
}
