import { Injectable } from '@nestjs/common';
import { escapeHtml, Searchable, type SearchResult } from '@parley/kernel/search';
import { ARTICLE_SEARCH } from './article-search-type.js';
import { ArticleSearchRepository } from './article-search.repository.js';

/** Searches all articles, including drafts, by title, description and body. */
@Injectable()
export class ArticleSearchService {
  constructor(private readonly articles: ArticleSearchRepository) {}

  @Searchable(ARTICLE_SEARCH)
  async search(workspaceId: string, query: string, limit: number): Promise<SearchResult> {
    const rows = await this.articles.search(workspaceId, query, limit);
    const hits = rows.map(({ passage, total: _total, ...fields }) => ({ ...fields, highlight: toHighlight(passage) }));
    return { hits, total: rows[0]?.total ?? 0, totalIsEstimate: false };
  }
}

function toHighlight(passage: string): string {
  const text = passage.replaceAll('\u0004', '<').replaceAll('\u0005', '>');
  return escapeHtml(text).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>');
}
