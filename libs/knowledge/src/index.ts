import './knowledge.scopes.js';
export type {
  ArticleAuthor,
  ArticleContent,
  ArticleStatus,
  ArticleSummary,
  ArticleVersionSummary,
  ArticleVersionView,
  ArticleView,
} from './articles/article.view.js';
export type { ArticleOrder, ArticlesFilter } from './articles/articles-filter.js';
export { ArticlesService, type CreateArticleInput } from './articles/articles.service.js';
export * from './knowledge.events.js';
export { KnowledgeModule } from './knowledge.module.js';
