export type { ArticleStatus, ArticleSummary, ArticleVersionView, ArticleView } from './articles/article.view.js';
export { ArticlesService } from './articles/articles.service.js';
export * from './knowledge.events.js';
export { KnowledgeModule } from './knowledge.module.js';
