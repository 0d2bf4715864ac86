import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { Database, statement } from '@parley/kernel/database';
import { type SearchQuery, toTsquery } from '@parley/kernel/search';
import type { ArticleStatus } from './article.view.js';

/** A search hit. */
export interface ArticleSearchRow {
  readonly id: string;
  readonly title: string;
  readonly slug: string;
  readonly locale: string;
  readonly status: ArticleStatus;
  readonly tags: readonly string[];
  readonly updated_at: string;
  readonly rank: number;
  /** Number of all matching articles. */
  readonly total: number;
  /** Title, description and the start of the body. */
  readonly text: string;
}

// Only the best articles are read with their text.
const SEARCH_ARTICLES = statement(
  'knowledge.search-articles',
  `with best as (
     select a.id, ts_rank(a.search, $2::tsquery) as rank, count(*) over ()::int as total
       from knowledge.articles a
     where a.workspace_id = $1 and a.search @@ $2::tsquery order by rank desc, a.updated_at desc, a.id limit $3
   )
   select a.id, a.title, a.slug, a.locale, a.status, a.tags, a.updated_at, best.rank, best.total,
     concat_ws(E'\\n', a.title, a.description, left(a.body_text, 100000)) as text
   from best join knowledge.articles a on a.id = best.id
     order by best.rank desc, a.updated_at desc, a.id`,
);

/** Full-text search in titles, descriptions and bodies. */
@Injectable()
export class ArticleSearchRepository {
  constructor(private readonly database: Database) {}

  search(workspaceId: string, query: SearchQuery, limit: number): Promise<ArticleSearchRow[]> {
    return withSystemScope(() =>
      this.database.rows<ArticleSearchRow & { [column: string]: unknown }>(SEARCH_ARTICLES, [
        workspaceId,
        toTsquery(query),
        limit,
      ]),
    );
  }
}
