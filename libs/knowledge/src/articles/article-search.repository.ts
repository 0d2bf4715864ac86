import { Injectable } from '@nestjs/common';
import { withSystemScope } from '@parley/kernel';
import { composedStatement, Database } from '@parley/kernel/database';
import { searchTermsQuery } from '@parley/kernel/search';
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
  /** The best passage. Matches are between U+0002 and U+0003; U+0004 and U+0005 stand for angle brackets. */
  readonly passage: string;
}

const HEADLINE_OPTIONS =
  `'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ` + `', MaxFragments=1, MaxWords=24, MinWords=8'`;

// Only the best articles get a passage. Angle brackets are replaced, because the headline function drops text between
// them.
const buildSearchSql = (query: string): string => `
   with terms as (
     select ${searchTermsQuery(query, '$2')} as query
   ), best as (
     select a.id, ts_rank(a.search, terms.query) as rank, count(*) over ()::int as total
       from terms, knowledge.articles a
     where a.workspace_id = $1 and a.search @@ terms.query order by rank desc, a.updated_at desc, a.id limit $3
   )
   select a.id, a.title, a.slug, a.locale, a.status, a.tags, a.updated_at, best.rank, best.total,
     ts_headline('simple', translate(concat_ws(E'\\n', a.title, a.description, left(a.body_text, 100000)), '<>',
       chr(4) || chr(5)), terms.query, ${HEADLINE_OPTIONS}) as passage
   from best cross join terms join knowledge.articles a on a.id = best.id
     order by best.rank desc, a.updated_at desc, a.id`;

/** Full-text search in titles, descriptions and bodies. */
@Injectable()
export class ArticleSearchRepository {
  constructor(private readonly database: Database) {}

  search(workspaceId: string, query: string, limit: number): Promise<ArticleSearchRow[]> {
    return withSystemScope(() =>
      this.database.rows<ArticleSearchRow & { [column: string]: unknown }>(
        composedStatement('knowledge.search-articles', buildSearchSql(query)),
        [workspaceId, query, limit],
      ),
    );
  }
}
