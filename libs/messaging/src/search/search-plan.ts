import { toTsquery, type SearchQuery } from '@parley/kernel/search';

/** Statistics of the last word of a query, as a prefix, in a sample of the newest messages of a workspace. */
export interface PrefixStats {
  readonly prefix: string;
  /** Words that start with the prefix, most frequent first. */
  readonly completions: readonly string[];
}

/** Queries of a search in the syntax of Postgres. Null if there are no words. */
export interface SearchPlan {
  readonly query: string | null;
  /** The query for the newest messages: the same, or with words instead of a prefix. */
  readonly recentQuery: string | null;
}

/** Plan of a search without words. */
export const EMPTY_PLAN: SearchPlan = { query: null, recentQuery: null };

/** Number of messages in a sample. */
export const SAMPLE_SIZE = 1_000;

/** Number of matches in a sample, one percent, from which on words are common. */
export const COMMON_THRESHOLD = SAMPLE_SIZE / 100;

/**
 * Plans a search. In the newest messages, the last word is searched as itself and the words of the sample that start
 * with it, not as a prefix, because Postgres collects all index entries of a prefix before it compares them.
 * @param stats of the last word if it can be incomplete; else null.
 */
export function planSearch(query: SearchQuery, stats: PrefixStats | null): SearchPlan {
  const text = toTsquery(query);
  if (stats === null) return { query: text, recentQuery: text };
  return { query: text, recentQuery: toTsquery(query, [...new Set([stats.prefix, ...stats.completions])]) };
}
