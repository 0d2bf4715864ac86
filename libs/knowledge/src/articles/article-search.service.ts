import { Injectable } from '@nestjs/common';
import { highlightPassage, parseSearchQuery, Searchable, type SearchResult } from '@parley/kernel/search';
import { ARTICLE_SEARCH } from './article-search-type.js';
import { ArticleSearchRepository } from './article-search.repository.js';

/** Searches all articles, including drafts, by title, description and body. */
@Injectable()
export class ArticleSearchService {
  constructor(private readonly articles: ArticleSearchRepository) {}

  @Searchable(ARTICLE_SEARCH)
  async search(workspaceId: string, query: string, limit: number): Promise<SearchResult> {
    const terms = parseSearchQuery(query);
    if (terms === null) return { hits: [], total: 0, totalIsEstimate: false };
    const rows = await this.articles.search(workspaceId, terms, limit);
    const hits = rows.map(({ text, total: _total, ...fields }) => ({
      ...fields,
      highlight: highlightPassage(text, terms),
    }));
    return { hits, total: rows[0]?.total ?? 0, totalIsEstimate: false };
  }
}
