import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { notFoundError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, PageQueryDto, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { ArticlesService } from './articles.service.js';
import { ArticleListQueryDto, toArticlesFilter } from './dto/article-list-query.dto.js';
import {
  ArticleDto,
  ArticleSummaryDto,
  ArticleVersionDto,
  ArticleVersionSummaryDto,
  toArticleDto,
  toArticleSummaryDto,
  toArticleVersionDto,
  toArticleVersionSummaryDto,
} from './dto/article.dto.js';
import { CreateArticleDto, toArticleInput, UpdateArticleDto } from './dto/write-article.dto.js';

@ApiTags('Articles')
@Controller('v1/knowledge-base')
export class KnowledgeBaseController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @Operation({
    summary: 'List articles',
    description: 'Returns articles without their bodies, last updated first by default.',
    access: 'knowledge:read',
    response: { list: ArticleSummaryDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ArticleListQueryDto,
  ): Promise<ListResponse<ArticleSummaryDto>> {
    const filter = toArticlesFilter(query);
    const orderBy = query.order_by ?? 'updated_at';
    const request = parsePageRequest(query, ['articles', workspaceId, filter, orderBy]);
    const page = await this.articles.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toArticleSummaryDto) });
  }

  @Post()
  @Operation({
    summary: 'Create an article',
    description: 'Creates a draft. Fails with 409 if the given slug is taken in the locale.',
    access: 'knowledge:write',
    response: { item: ArticleDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: CreateArticleDto,
  ): Promise<ItemResponse<ArticleDto>> {
    return toResponse(toArticleDto(await this.articles.create(workspaceId, toArticleInput(body), userId)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get an article',
    description: 'Returns the article with its body in Markdown and HTML.',
    access: 'knowledge:read',
    response: { item: ArticleDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<ArticleDto>> {
    return toResponse(toArticleDto(await this.articles.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update an article',
    description:
      'Omitted fields stay unchanged. Saves a new version; previous versions remain available. Changes of a ' +
      'published article are visible immediately. Fails with 409 if the slug is taken in the locale.',
    access: 'knowledge:write',
    response: { item: ArticleDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateArticleDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ArticleDto>> {
    return toUpdateResponse(this.articles.update(workspaceId, id, toArticleInput(body), version, userId), toArticleDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an article',
    description: 'Deletes the article with all its versions.',
    access: 'knowledge:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.articles.delete(workspaceId, id);
  }

  @Post(':id/publish')
  @Operation({
    summary: 'Publish an article',
    description: 'Makes the article visible to everyone. Does nothing if it is already published.',
    access: 'knowledge:write',
    response: { item: ArticleDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async publish(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ArticleDto>> {
    return toUpdateResponse(this.articles.publish(workspaceId, id, version, userId), toArticleDto);
  }

  @Post(':id/unpublish')
  @Operation({
    summary: 'Unpublish an article',
    description: 'Makes the article a draft. Does nothing if it is already a draft.',
    access: 'knowledge:write',
    response: { item: ArticleDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async unpublish(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ArticleDto>> {
    return toUpdateResponse(this.articles.unpublish(workspaceId, id, version, userId), toArticleDto);
  }

  @Get(':id/versions')
  @Operation({
    summary: "List an article's versions",
    description: 'Returns versions without their bodies, newest first.',
    access: 'knowledge:read',
    response: { list: ArticleVersionSummaryDto },
    errors: ['NOT_FOUND'],
  })
  async listVersions(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: PageQueryDto,
  ): Promise<ListResponse<ArticleVersionSummaryDto>> {
    const request = parsePageRequest(query, ['article-versions', workspaceId, id]);
    const page = await this.articles.listVersions(workspaceId, id, request);
    return toListResponse(request, { ...page, items: page.items.map(toArticleVersionSummaryDto) });
  }

  @Get(':id/versions/:version')
  @ApiParam({
    name: 'version',
    description: 'Version number.',
    schema: { type: 'integer', minimum: 1, example: 1 },
  })
  @Operation({
    summary: "Get an article's version",
    description: 'Returns the article as it was saved in this version.',
    access: 'knowledge:read',
    response: { item: ArticleVersionDto },
    errors: ['NOT_FOUND'],
  })
  async getVersion(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Param('version') version: string,
  ): Promise<ItemResponse<ArticleVersionDto>> {
    if (!/^\d{1,9}$/.test(version)) throw notFoundError('Version');
    return toResponse(toArticleVersionDto(await this.articles.getVersion(workspaceId, id, Number(version))));
  }
}
