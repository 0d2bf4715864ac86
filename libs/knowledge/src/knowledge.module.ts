import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticleRenderer } from './articles/article-renderer.service.js';
import { ArticleSearchRepository } from './articles/article-search.repository.js';
import { ArticleSearchService } from './articles/article-search.service.js';
import { ArticleVersionEntity } from './articles/article-version.entity.js';
import { ArticleVersionsRepository } from './articles/article-versions.repository.js';
import { ArticleEntity } from './articles/article.entity.js';
import { ArticlesRepository } from './articles/articles.repository.js';
import { ArticlesService } from './articles/articles.service.js';
import { KnowledgeBaseController } from './articles/knowledge-base.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([ArticleVersionEntity, ArticleEntity])],
  controllers: [KnowledgeBaseController],
  providers: [
    ArticlesRepository,
    ArticleVersionsRepository,
    ArticlesService,
    ArticleSearchRepository,
    ArticleSearchService,
    ArticleRenderer,
  ],
  exports: [ArticlesService],
})
export class KnowledgeModule {}
