import { truncateText } from '@parley/kernel/text';
import { pick } from 'es-toolkit';
import { columnsOf } from '@parley/kernel/database';
import { ArticleEntity } from './article.entity.js';
import type { ArticleAuthor, ArticleSummary, ArticleView } from './article.view.js';

const SUMMARY_FIELDS = [
  'id',
  'status',
  'locale',
  'slug',
  'title',
  'description',
  'tags',
  'publishedAt',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Author columns of a row. */
export interface AuthorRow {
  readonly authorId: string | null;
  readonly authorName: string | null;
}

/** A row of an article list. */
export type ArticleSummaryRow = Pick<ArticleEntity, (typeof SUMMARY_FIELDS)[number]> &
  AuthorRow &
  Pick<ArticleSummary, 'excerpt'>;

/** A row of `knowledge.articles`. */
export type ArticleRow = ArticleSummaryRow & Pick<ArticleEntity, 'body' | 'bodyHtml'>;

/** Maximum number of characters of an excerpt. */
const EXCERPT_LENGTH = 200;

export const SUMMARY_COLUMNS = `${columnsOf(ArticleEntity, 'a', [...SUMMARY_FIELDS, 'authorId'])},
  left(a.body_text, ${8 * EXCERPT_LENGTH}) as excerpt,
  (select u.name from teams.user_cards u where u.id = a.author_id) as "authorName"`;

export const ARTICLE_COLUMNS = `${SUMMARY_COLUMNS}, ${columnsOf(ArticleEntity, 'a', ['body', 'bodyHtml'])}`;

/** The author; null for an API key without a user. */
export function toAuthorView({ authorId, authorName }: AuthorRow): ArticleAuthor | null {
  return authorId === null ? null : { id: authorId, name: authorName };
}

export function toSummaryView(row: ArticleSummaryRow): ArticleSummary {
  const excerpt = truncateText(row.excerpt, EXCERPT_LENGTH);
  return { ...pick(row, SUMMARY_FIELDS), excerpt, author: toAuthorView(row) };
}

export function toView(row: ArticleRow): ArticleView {
  return { ...toSummaryView(row), ...pick(row, ['body', 'bodyHtml']) };
}
