import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { CreateTagDto, TagDto, TagListQueryDto, toTagDto, UpdateTagDto } from './dto/tag.dto.js';
import { TagsService } from './tags.service.js';

/** Tags of a workspace. */
@ApiTags('Tags')
@Controller('v1/tags')
export class TagsController {
  constructor(private readonly tags: TagsService) {}

  @Get()
  @Operation({
    summary: 'List tags',
    description:
      'Returns the tags sorted by name. Tags that are first used on a conversation are created ' +
      'automatically within moments.',
    access: 'tags:read',
    response: { list: TagDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: TagListQueryDto,
  ): Promise<ListResponse<TagDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, ['tags', workspaceId, filter]);
    const page = await this.tags.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toTagDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a tag',
    access: 'tags:write',
    response: { item: TagDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateTagDto,
  ): Promise<ItemResponse<TagDto>> {
    return toResponse(
      toTagDto(await this.tags.create(workspaceId, body.name, body.color ?? null, body.description ?? null)),
    );
  }

  @Get(':id')
  @Operation({ summary: 'Get a tag', access: 'tags:read', response: { item: TagDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<TagDto>> {
    return toResponse(toTagDto(await this.tags.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a tag',
    access: 'tags:write',
    response: { item: TagDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTagDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TagDto>> {
    return toUpdateResponse(this.tags.update(workspaceId, id, body, version), toTagDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a tag',
    description: 'Deletes an unused tag. Returns 409 while conversations have it.',
    access: 'tags:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.tags.delete(workspaceId, id);
  }
}
