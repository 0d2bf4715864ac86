import type { ArticleAuthor, ArticleStatus, ArticleSummary, ArticleView } from './article.view.js';

/** A row of an article list. */
export interface ArticleSummaryRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly status: ArticleStatus;
  readonly locale: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly excerpt: string;
  readonly tags: readonly string[];
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly published_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A row of `knowledge.articles`. */
export interface ArticleRow extends ArticleSummaryRow {
  readonly body: string;
  readonly body_html: string;
}

export const SUMMARY_COLUMNS = `a.id, a.status, a.locale, a.slug, a.title, a.description, left(a.body_text,
  200) as excerpt, a.tags, a.author_id,
  (select u.name from teams.user_cards u where u.id = a.author_id) as author_name, a.published_at, a.version,
    a.created_at, a.updated_at`;

export const ARTICLE_COLUMNS = `${SUMMARY_COLUMNS}, a.body, a.body_html`;

/** The author; null for an API key without a user. */
export function toAuthorView(row: {
  readonly author_id: string | null;
  readonly author_name: string | null;
}): ArticleAuthor | null {
  return row.author_id === null ? null : { id: row.author_id, name: row.author_name };
}

export function toSummaryView(row: ArticleSummaryRow): ArticleSummary {
  return {
    id: row.id,
    status: row.status,
    locale: row.locale,
    slug: row.slug,
    title: row.title,
    description: row.description,
    excerpt: row.excerpt,
    tags: row.tags,
    author: toAuthorView(row),
    publishedAt: row.published_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toView(row: ArticleRow): ArticleView {
  return { ...toSummaryView(row), body: row.body, bodyHtml: row.body_html };
}
