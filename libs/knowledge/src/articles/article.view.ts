/** Whether only the team or everybody can read an article. */
export const ARTICLE_STATUSES = ['draft', 'published'] as const;

/** Whether only the team or everybody can read an article. */
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];

/** A user who wrote something. */
export interface ArticleAuthor {
  readonly id: string;
  readonly name: string | null;
}

/** What of an article its author decides. */
export interface ArticleContent {
  readonly title: string;
  /** Unique among the articles of the locale. */
  readonly slug: string;
  /** BCP 47. */
  readonly locale: string;
  readonly description: string | null;
  /** Markdown. */
  readonly body: string;
  readonly tags: readonly string[];
}

/** An article without its words, as lists show it. */
export interface ArticleSummary extends Omit<ArticleContent, 'body'> {
  readonly id: string;
  readonly status: ArticleStatus;
  /** The beginning of the body, as plain text. */
  readonly excerpt: string;
  /** Who wrote it first; null for a service. */
  readonly author: ArticleAuthor | null;
  /** ISO 8601; null for a draft. */
  readonly publishedAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An article. */
export interface ArticleView extends ArticleSummary, ArticleContent {
  /** The body as HTML that is safe to show. */
  readonly bodyHtml: string;
}

/** An article as it was from one change to the next, without its words. */
export interface ArticleVersionSummary extends Omit<ArticleContent, 'body'> {
  readonly version: number;
  readonly status: ArticleStatus;
  /** Who made the change; null for a service. */
  readonly author: ArticleAuthor | null;
  readonly createdAt: string;
}

/** An article as it was from one change to the next. */
export type ArticleVersionView = ArticleVersionSummary & ArticleContent;
