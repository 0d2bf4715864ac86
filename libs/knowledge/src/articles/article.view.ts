/** Drafts are visible to the team only, published articles to everyone. */
export const ARTICLE_STATUSES = ['draft', 'published'] as const;

export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];

export interface ArticleAuthor {
  readonly id: string;
  readonly name: string | null;
}

/** Editable fields of an article. */
export interface ArticleContent {
  readonly title: string;
  /** Unique within the locale. */
  readonly slug: string;
  /** BCP 47. */
  readonly locale: string;
  readonly description: string | null;
  /** Markdown. */
  readonly body: string;
  readonly tags: readonly string[];
}

/** An article without its body. */
export interface ArticleSummary extends Omit<ArticleContent, 'body'> {
  readonly id: string;
  readonly status: ArticleStatus;
  /** Start of the body as plain text. */
  readonly excerpt: string;
  /** User who created the article; null for an API key without a user. */
  readonly author: ArticleAuthor | null;
  /** ISO 8601; null for a draft. */
  readonly publishedAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ArticleView extends ArticleSummary, ArticleContent {
  /** Body as sanitized HTML. */
  readonly bodyHtml: string;
}

/** A version of an article, without its body. */
export interface ArticleVersionSummary extends Omit<ArticleContent, 'body'> {
  readonly version: number;
  readonly status: ArticleStatus;
  /** User who saved the version; null for an API key without a user. */
  readonly author: ArticleAuthor | null;
  readonly createdAt: string;
}

/** A version of an article. */
export type ArticleVersionView = ArticleVersionSummary & ArticleContent;
