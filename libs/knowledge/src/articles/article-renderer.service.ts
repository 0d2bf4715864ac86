import { Injectable } from '@nestjs/common';
import { Renders } from '@parley/kernel/rendering';
import { ArticlesService } from './articles.service.js';
import { toArticleDto, type ArticleDto } from './dto/article.dto.js';

/** Renders articles for events and webhooks. */
@Injectable()
export class ArticleRenderer {
  constructor(private readonly articles: ArticlesService) {}

  @Renders('article')
  async render(workspaceId: string, id: string): Promise<ArticleDto | null> {
    const article = await this.articles.find(workspaceId, id);
    return article && toArticleDto(article);
  }
}
