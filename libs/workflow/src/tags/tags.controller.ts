import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  type ReferenceTarget,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { TAG, tagKey } from '@parley/identity';
import { CreateTagDto, TagDto, TagListQueryDto, toTagDto, UpdateTagDto } from './dto/tag.dto.js';
import { TagsService } from './tags.service.js';

/** Tags of a workspace. */
@ApiTags('Tags')
@Controller('v1/tags')
export class TagsController {
  constructor(
    private readonly tags: TagsService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List tags',
    description:
      'Returns the tags sorted by name. Tags that are first used on a conversation or ticket are created ' +
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
    description:
      'Deletes an unused tag. Returns 409 while conversations or tickets have it. If other objects refer to the tag, such as ' +
      'automations, the response is 200 and lists them; `GET /v1/tags/{id}/references` lists them beforehand.',
    access: 'tags:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const target = await this.findTarget(principal, id);
    const remove = () => this.tags.delete(principal.workspaceId, id);
    return toDeletionResponse(id, await this.references.listBefore(principal, target, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a tag',
    description:
      'Returns the automations, saved views and segments that refer to the tag. For its conversations and tickets, use ' +
      '`GET /v1/conversations?tag=` and `GET /v1/tickets?tag=`.',
    access: 'tags:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    return toReferencesDto(await this.references.list(principal, await this.findTarget(principal, id)));
  }

  private async findTarget({ workspaceId }: Principal, id: string): Promise<ReferenceTarget> {
    const { name } = await this.tags.get(workspaceId, id);
    return { type: TAG, id: tagKey(name) };
  }
}
