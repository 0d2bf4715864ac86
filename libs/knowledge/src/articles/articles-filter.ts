/** Conditions of an article list. All of them must hold. */
export interface ArticlesFilter {
  readonly status?: readonly string[];
  readonly locale?: readonly string[];
  /** At least one of these tags. */
  readonly tags?: readonly string[];
  /** Words that must all occur in the title, description or body; the last one can be incomplete. */
  readonly q?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

export const ARTICLE_ORDERS = ['updated_at', 'created_at'] as const;
export type ArticleOrder = (typeof ARTICLE_ORDERS)[number];
