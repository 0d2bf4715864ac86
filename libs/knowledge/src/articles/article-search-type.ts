import { defineSearchType } from '@parley/kernel/search';
import { ArticleHitDto } from './dto/article-hit.dto.js';

/** Articles in the search. */
export const ARTICLE_SEARCH = defineSearchType('article', {
  plural: 'articles',
  description: 'articles, including drafts, by title, description and text',
  scope: 'search:read',
  hit: ArticleHitDto,
});
