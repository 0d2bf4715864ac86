import { Injectable } from '@nestjs/common';
import { escapeHtml, Searchable, type Findings } from '@parley/kernel';
import { ArticleSearchRepository } from './article-search.repository.js';

/** Finds articles, published or not, by their title, description and body. */
@Injectable()
export class ArticleSearch {
  constructor(private readonly articles: ArticleSearchRepository) {}

  @Searchable('article')
  async search(workspaceId: string, query: string, limit: number): Promise<Findings> {
    const found = await this.articles.search(workspaceId, query, limit);
    const hits = found.map(({ passage, total: _total, ...fields }) => ({ ...fields, highlight: highlighted(passage) }));
    return { hits, total: found[0]?.total ?? 0, totalIsEstimate: false };
  }
}

function highlighted(passage: string): string {
  const text = passage.replaceAll('\u0004', '<').replaceAll('\u0005', '>');
  return escapeHtml(text).replaceAll('\u0002', '<mark>').replaceAll('\u0003', '</mark>');
}
