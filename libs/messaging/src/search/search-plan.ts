/** What a glance at a workspace's newest messages says about words. */
export interface SampleStats {
  /** The query as Postgres writes it, the last word perhaps as a beginning; null when the words say nothing. */
  readonly query: string | null;
  /** How many of the messages meet it. */
  readonly meeting: number;
  /** How many have a word that begins like the last one. */
  readonly beginning: number;
  /** What those words are. */
  readonly completions: readonly string[];
}

/** How to look for words. */
export interface SearchPlan {
  readonly query: string | null;
  /** Whether so many messages meet it that reading the newest ones through finds enough. */
  readonly common: boolean;
}

/** Messages of a glance. */
export const SAMPLE_SIZE = 2_000;

/** So many of them, one in a hundred, make a word a common one. */
export const COMMON_THRESHOLD = SAMPLE_SIZE / 100;

/**
 * Chooses the way to look. The beginning of common words is put as those words themselves: of a beginning, Postgres gathers all entries of the whole
 * index before it compares them with anything.
 */
export function planSearch({
  query,
  meeting: matching,
  beginning: prefixMatches,
  completions,
}: SampleStats): SearchPlan {
  if (query === null || !query.endsWith(':*') || prefixMatches < COMMON_THRESHOLD || completions.length === 0)
    return { query, common: matching >= COMMON_THRESHOLD };
  const lastPrefix = /'(?:[^']|'')*':\*$/.exec(query)!;
  const alternatives = completions.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`);
  return {
    query: `${query.slice(0, lastPrefix.index)}( ${alternatives.join(' | ')} )`,
    common: matching >= COMMON_THRESHOLD,
  };
}
