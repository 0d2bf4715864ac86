import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import { toAuthorView } from './article-row.js';
import type { ArticleStatus, ArticleVersionSummary, ArticleVersionView } from './article.view.js';

interface ArticleVersionSummaryRow {
  readonly [column: string]: unknown;
  readonly version: number;
  readonly status: ArticleStatus;
  readonly locale: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly author_id: string | null;
  readonly author_name: string | null;
  readonly created_at: string;
}

interface ArticleVersionRow extends ArticleVersionSummaryRow {
  readonly body: string;
}

const COLUMNS = `v.version, v.status, v.locale, v.slug, v.title, v.description, v.tags, v.author_id,
  (select u.name from teams.user_cards u where u.id = v.author_id) as author_name, v.created_at`;

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
  return {
    version: row.version,
    status: row.status,
    locale: row.locale,
    slug: row.slug,
    title: row.title,
    description: row.description,
    tags: row.tags,
    author: toAuthorView(row),
    createdAt: row.created_at,
  };
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
