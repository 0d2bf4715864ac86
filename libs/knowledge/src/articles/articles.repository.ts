import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { tagKey, tagNamesSql } from '@parley/identity';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import { parseSearchQuery, toTsquery } from '@parley/kernel/search';
import {
  ARTICLE_COLUMNS,
  SUMMARY_COLUMNS,
  toView,
  toSummaryView,
  type ArticleRow,
  type ArticleSummaryRow,
} from './article-row.js';
import { ArticleEntity } from './article.entity.js';
import type { RenderedBody } from './article-text.js';
import type { ArticleContent, ArticleStatus, ArticleSummary, ArticleView } from './article.view.js';
import type { ArticleOrder, ArticlesFilter } from './articles-filter.js';

/** An article to write. */
export interface SaveArticleInput extends ArticleContent {
  readonly id: string;
  /** Null if the body is unchanged. */
  readonly rendered: RenderedBody | null;
}

const FIND = statement(
  'knowledge.find-article',
  `select ${ARTICLE_COLUMNS} from knowledge.articles a where a.workspace_id = $1 and a.id = $2`,
);
const LOCK = statement(
  'knowledge.lock-article',
  `select ${ARTICLE_COLUMNS} from knowledge.articles a where a.workspace_id = $1 and a.id = $2 for update of a`,
);
const LIST_USED_SLUGS = statement(
  'knowledge.list-used-slugs',
  `select a.slug from knowledge.articles a where a.workspace_id = $1 and a.locale = $2 and (a.slug = $3
    or starts_with(a.slug, $3 || '-'))`,
);

@Injectable()
export class ArticlesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<ArticleView | null> {
    const row = await this.database.row<ArticleRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The article, locked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<ArticleView | null> {
    const row = await this.database.row<ArticleRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Used slugs that are equal to the given slug or start with it and a hyphen. */
  async listUsedSlugs(workspaceId: string, locale: string, slug: string): Promise<Set<string>> {
    return new Set(
      (await this.database.rows<{ slug: string }>(LIST_USED_SLUGS, [workspaceId, locale, slug])).map((row) => row.slug),
    );
  }

  /** The new article; null if the slug is taken. */
  async add(
    workspaceId: string,
    { id, ...article }: SaveArticleInput,
    authorId: string | null,
    now: string,
  ): Promise<ArticleView | null> {
    await this.database
      .repository(ArticleEntity)
      .createQueryBuilder()
      .insert()
      .values({ workspaceId, id, ...toColumns(article), authorId, createdAt: now, updatedAt: now })
      .orIgnore()
      .execute();
    return this.find(workspaceId, id);
  }

  /** @throws Error with `constraint` articles_slug if the slug is taken. */
  async update(workspaceId: string, { id, ...article }: SaveArticleInput, now: string): Promise<ArticleView> {
    await this.database
      .repository(ArticleEntity)
      .update({ workspaceId, id }, { ...toColumns(article), updatedAt: now });
    return (await this.find(workspaceId, id))!;
  }

  async setStatus(workspaceId: string, id: string, status: ArticleStatus, now: string): Promise<ArticleView> {
    const publishedAt = status === 'published' ? now : null;
    await this.database.repository(ArticleEntity).update({ workspaceId, id }, { status, publishedAt, updatedAt: now });
    return (await this.find(workspaceId, id))!;
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(ArticleEntity).delete({ workspaceId, id });
  }

  list(
    workspaceId: string,
    filter: ArticlesFilter,
    orderBy: ArticleOrder,
    request: PageRequest,
  ): Promise<Page<ArticleSummary>> {
    const values: unknown[] = [workspaceId];
    const where = ['a.workspace_id = $1', ...conditions(filter, createBinder(values))];
    const read = (): Promise<Page<ArticleSummary>> =>
      this.lists.read<ArticleSummaryRow, ArticleSummary>(
        {
          domain: 'knowledge.list-articles',
          select: SUMMARY_COLUMNS,
          from: 'knowledge.articles a',
          where,
          values,
          request,
          order: [
            { sql: `a.${orderBy}`, type: 'timestamptz' },
            { sql: 'a.id', type: 'uuid' },
          ],
        },
        toSummaryView,
      );
    return filter.q === undefined ? read() : withSystemScope(read);
  }
}

function conditions(filter: ArticlesFilter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  if (filter.status) where.push(`a.status = any(${bind(filter.status)})`);
  if (filter.locale) where.push(`a.locale = any(${bind(filter.locale)})`);
  if (filter.tags) where.push(`a.tags && ${tagNamesSql(bind(filter.tags.map(tagKey)))}`);
  if (filter.q !== undefined) {
    const query = parseSearchQuery(filter.q, { shortPrefixes: true });
    where.push(`a.search @@ ${bind(query && toTsquery(query))}::tsquery`);
  }
  if (filter.createdAfter) where.push(`a.created_at >= ${bind(filter.createdAfter)}`);
  if (filter.createdBefore) where.push(`a.created_at < ${bind(filter.createdBefore)}`);
  if (filter.updatedAfter) where.push(`a.updated_at >= ${bind(filter.updatedAfter)}`);
  if (filter.updatedBefore) where.push(`a.updated_at < ${bind(filter.updatedBefore)}`);
  return where;
}

function toColumns({ locale, slug, title, description, body, rendered, tags }: Omit<SaveArticleInput, 'id'>) {
  const columns = { locale, slug, title, description, body, tags };
  return rendered === null ? columns : { ...columns, bodyHtml: rendered.html, bodyText: rendered.text };
}
