/** Statistics of the search terms in a sample of the newest messages of a workspace. */
export interface SampleStats {
  /** Query in Postgres syntax, possibly with a prefix as the last term. Null if the text has no terms. */
  readonly query: string | null;
  /** Number of messages that match the query. */
  readonly matching: number;
  /** Number of messages with a word that starts with the last term. */
  readonly prefixMatches: number;
  /** Those words, most frequent first. */
  readonly completions: readonly string[];
}

/** Strategy of a search. */
export interface SearchPlan {
  readonly query: string | null;
  /** True if so many messages match that scanning the newest ones finds enough. */
  readonly common: boolean;
}

/** Number of messages in a sample. */
export const SAMPLE_SIZE = 2_000;

/** Number of matches in a sample, one percent, from which on terms are common. */
export const COMMON_THRESHOLD = SAMPLE_SIZE / 100;

/**
 * Plans a search. Replaces the prefix of common words with those words, because Postgres collects all index entries of
 * a prefix before it compares them.
 */
export function planSearch({ query, matching, prefixMatches, completions }: SampleStats): SearchPlan {
  if (query === null || !query.endsWith(':*') || prefixMatches < COMMON_THRESHOLD || completions.length === 0)
    return { query, common: matching >= COMMON_THRESHOLD };
  const lastPrefix = /'(?:[^']|'')*':\*$/.exec(query)!;
  const alternatives = completions.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`);
  return {
    query: `${query.slice(0, lastPrefix.index)}( ${alternatives.join(' | ')} )`,
    common: matching >= COMMON_THRESHOLD,
  };
}
