import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  notFound,
  one,
  oneChanged,
  Operation,
  PageQueryDto,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
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
import { CreateArticleDto, toContent, UpdateArticleDto } from './dto/write-article.dto.js';

/** Articles that answer questions before they are asked. */
@ApiTags('Knowledge')
@Controller('v1/knowledge-base')
export class KnowledgeBaseController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @Operation({
    summary: 'List articles',
    description: 'Without their bodies; those changed last come first.',
    access: 'knowledge:read',
    answer: { list: ArticleSummaryDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ArticleListQueryDto,
  ): Promise<ListBody<ArticleSummaryDto>> {
    const filter = toArticlesFilter(query);
    const orderBy = query.order_by ?? 'updated_at';
    const request = pageRequest(query, ['articles', workspaceId, filter, orderBy]);
    const page = await this.articles.list(workspaceId, filter, orderBy, request);
    return listBody(request, { ...page, items: page.items.map(toArticleSummaryDto) });
  }

  @Post()
  @Operation({
    summary: 'Write an article',
    description: 'It is a draft until it is published.',
    access: 'knowledge:write',
    answer: { one: ArticleDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: CreateArticleDto,
  ): Promise<One<ArticleDto>> {
    return one(toArticleDto(await this.articles.create(workspaceId, toContent(body), userId)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get an article',
    access: 'knowledge:read',
    answer: { one: ArticleDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ArticleDto>> {
    return one(toArticleDto(await this.articles.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change an article',
    description: 'What was before is kept as a version. A published article changes for its readers at once.',
    access: 'knowledge:write',
    answer: { one: ArticleDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateArticleDto,
    @IfMatch() version: number | null,
  ): Promise<One<ArticleDto>> {
    return oneChanged(this.articles.update(workspaceId, id, toContent(body), version, userId), toArticleDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an article',
    description: 'Its versions go with it.',
    access: 'knowledge:write',
    answer: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.articles.delete(workspaceId, id);
  }

  @Post(':id/publish')
  @Operation({
    summary: 'Publish an article',
    description: 'Nothing changes when it is published already.',
    access: 'knowledge:write',
    answer: { one: ArticleDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async publish(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ArticleDto>> {
    return oneChanged(this.articles.publish(workspaceId, id, version, userId), toArticleDto);
  }

  @Post(':id/unpublish')
  @Operation({
    summary: 'Take an article back',
    description: 'It is a draft again; nothing changes when it is one already.',
    access: 'knowledge:write',
    answer: { one: ArticleDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async unpublish(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ArticleDto>> {
    return oneChanged(this.articles.unpublish(workspaceId, id, version, userId), toArticleDto);
  }

  @Get(':id/versions')
  @Operation({
    summary: 'List the versions of an article',
    description: 'How it was from one change to the next, without the bodies; the newest first.',
    access: 'knowledge:read',
    answer: { list: ArticleVersionSummaryDto },
    errors: ['NOT_FOUND'],
  })
  async versions(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: PageQueryDto,
  ): Promise<ListBody<ArticleVersionSummaryDto>> {
    const request = pageRequest(query, ['article-versions', workspaceId, id]);
    const page = await this.articles.listVersions(workspaceId, id, request);
    return listBody(request, { ...page, items: page.items.map(toArticleVersionSummaryDto) });
  }

  @Get(':id/versions/:version')
  @ApiParam({
    name: 'version',
    description: 'Number of the version.',
    schema: { type: 'integer', minimum: 1, example: 1 },
  })
  @Operation({
    summary: 'Get a version of an article',
    access: 'knowledge:read',
    answer: { one: ArticleVersionDto },
    errors: ['NOT_FOUND'],
  })
  async version(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Param('version') version: string,
  ): Promise<One<ArticleVersionDto>> {
    if (!/^\d{1,9}$/.test(version)) throw notFound('Version');
    return one(toArticleVersionDto(await this.articles.getVersion(workspaceId, id, Number(version))));
  }
}
