import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { TeamsModule } from '@parley/teams';
import { ArticleRenderer } from './article-renderer.service.js';
import { ArticleSearchRepository } from './article-search.repository.js';
import { ArticleSearchService } from './article-search.service.js';
import { ArticleVersionEntity } from './article-version.entity.js';
import { ArticleVersionsRepository } from './article-versions.repository.js';
import { ArticleEntity } from './article.entity.js';
import { ArticlesRepository } from './articles.repository.js';
import { ArticlesService } from './articles.service.js';
import { KnowledgeBaseController } from './knowledge-base.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([ArticleVersionEntity, ArticleEntity]), IdentityModule, TeamsModule],
  controllers: [KnowledgeBaseController],
  providers: [
    ArticleRenderer,
    ArticleSearchRepository,
    ArticleSearchService,
    ArticleVersionsRepository,
    ArticlesRepository,
    ArticlesService,
  ],
  exports: [ArticlesService],
})
export class ArticlesModule {}
