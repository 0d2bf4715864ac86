/** Which articles to list; every condition given must hold. */
export interface ArticlesFilter {
  readonly status?: readonly string[];
  readonly locale?: readonly string[];
  /** Any of these. */
  readonly tags?: readonly string[];
  /** Words that all occur in title, description or body; the last may be unfinished. */
  readonly q?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** What articles can be ordered by. */
export const ARTICLE_ORDERS = ['updated_at', 'created_at'] as const;
export type ArticleOrder = (typeof ARTICLE_ORDERS)[number];
