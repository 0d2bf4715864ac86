import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, Database, statement } from '@parley/kernel/database';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import { toAuthorView, type AuthorRow } from './article-row.js';
import { ArticleVersionEntity } from './article-version.entity.js';
import type { ArticleVersionSummary, ArticleVersionView } from './article.view.js';

const SUMMARY_FIELDS = ['version', 'status', 'locale', 'slug', 'title', 'description', 'tags', 'createdAt'] as const;

type ArticleVersionSummaryRow = Pick<ArticleVersionEntity, (typeof SUMMARY_FIELDS)[number]> & AuthorRow;

type ArticleVersionRow = ArticleVersionSummaryRow & Pick<ArticleVersionEntity, 'body'>;

const COLUMNS = `${columnsOf(ArticleVersionEntity, 'v', [...SUMMARY_FIELDS, 'authorId'])},
  (select u.name from teams.user_cards u where u.id = v.author_id) as "authorName"`;

const ADD_CURRENT = statement(
  'knowledge.add-article-version',
  `insert into knowledge.article_versions (article_id, version, workspace_id, status, locale, slug, title,
    description, body, tags, author_id, created_at)
   select a.id, a.version, a.workspace_id, a.status, a.locale, a.slug, a.title, a.description, a.body, a.tags, $3,
     a.updated_at
   from knowledge.articles a where a.workspace_id = $1 and a.id = $2`,
);
const FIND = statement(
  'knowledge.find-article-version',
  `select ${COLUMNS}, v.body from knowledge.article_versions v where v.workspace_id = $1 and v.article_id = $2
    and v.version = $3`,
);

function toSummaryView(row: ArticleVersionSummaryRow): ArticleVersionSummary {
  return { ...pick(row, SUMMARY_FIELDS), author: toAuthorView(row) };
}

@Injectable()
export class ArticleVersionsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  /** Saves the current state of the article as a version. */
  async addCurrent(workspaceId: string, articleId: string, authorId: string | null): Promise<void> {
    await this.database.execute(ADD_CURRENT, [workspaceId, articleId, authorId]);
  }

  async find(workspaceId: string, articleId: string, version: number): Promise<ArticleVersionView | null> {
    const row = await this.database.row<ArticleVersionRow>(FIND, [workspaceId, articleId, version]);
    return row && { ...toSummaryView(row), body: row.body };
  }

  list(workspaceId: string, articleId: string, request: PageRequest): Promise<Page<ArticleVersionSummary>> {
    return this.lists.read<ArticleVersionSummaryRow, ArticleVersionSummary>(
      {
        domain: 'knowledge.list-article-versions',
        select: COLUMNS,
        from: 'knowledge.article_versions v',
        where: ['v.workspace_id = $1', 'v.article_id = $2'],
        values: [workspaceId, articleId],
        request,
        order: [{ sql: 'v.version', type: 'int' }],
      },
      toSummaryView,
    );
  }
}
