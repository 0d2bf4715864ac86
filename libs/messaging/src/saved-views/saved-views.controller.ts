import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import {
  CreateSavedViewDto,
  SavedViewConversationsQueryDto,
  SavedViewCountsDto,
  SavedViewDto,
  SavedViewListQueryDto,
  toCreateSavedViewInput,
  toUpdateSavedViewInput,
  UpdateSavedViewDto,
} from './dto/saved-view.dto.js';
import { SavedViewMapper } from './saved-view-mapper.service.js';
import { MAX_COUNT, MAX_COUNTED_VIEWS, SavedViewsService } from './saved-views.service.js';

/** Named filters of the workspace, a team, or a user. */
@ApiTags('Saved views')
@Controller('v1/saved-views')
export class SavedViewsController {
  constructor(
    private readonly views: SavedViewsService,
    private readonly mapper: SavedViewMapper,
  ) {}

  @Get()
  @Operation({
    summary: 'List saved views',
    description: 'Returns the views that the caller can use, sorted by position.',
    access: 'conversations:read',
    response: { list: SavedViewDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: SavedViewListQueryDto,
  ): Promise<ListResponse<SavedViewDto>> {
    const filter = { visibility: query.visibility, resource: query.resource, ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, [
      'saved-views',
      principal.workspaceId,
      principal.userId,
      filter,
    ]);
    const page = await this.views.list(principal, filter, request);
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(principal.workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a saved view',
    description:
      'Creates a view for the whole workspace, unless `visibility` is set. Returns 400 with the path ' +
      'of each error if the filter is not valid. Without `position`, the view is added last.',
    access: 'conversations:write',
    response: { item: SavedViewDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateSavedViewDto,
  ): Promise<ItemResponse<SavedViewDto>> {
    return toResponse(
      await this.mapper.toDto(principal.workspaceId, await this.views.create(principal, toCreateSavedViewInput(body))),
    );
  }

  @Get('counts')
  @Operation({
    summary: 'Get conversation counts of saved views',
    description:
      `Counts the conversations of the caller's first ${MAX_COUNTED_VIEWS} views, each up to ` + `${MAX_COUNT}.`,
    access: 'conversations:read',
    response: { item: SavedViewCountsDto },
  })
  async counts(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<SavedViewCountsDto>> {
    return toResponse({ counts: await this.views.countConversations(principal) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get a saved view',
    description:
      'Returns the view with its filter as stored; `me` is not replaced. Returns 404 for personal ' +
      'views of other users and for views of teams that the caller is not a member of.',
    access: 'conversations:read',
    response: { item: SavedViewDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<SavedViewDto>> {
    return toResponse(await this.mapper.toDto(principal.workspaceId, await this.views.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a saved view',
    description: 'Anyone who can use a view can update it. Cursors of its pages become invalid.',
    access: 'conversations:write',
    response: { item: SavedViewDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateSavedViewDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<SavedViewDto>> {
    return toUpdateResponse(this.views.update(principal, id, toUpdateSavedViewInput(body), version), (view) =>
      this.mapper.toDto(principal.workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a saved view',
    description: 'Anyone who can use a view can delete it. Its conversations are not affected.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.views.delete(principal, id, version), (view) =>
      this.mapper.toDto(principal.workspaceId, view),
    );
  }

  @Get(':id/conversations')
  @Operation({
    summary: "List a saved view's conversations",
    description:
      'Returns the conversations that match the filter of the view, in its order, unless `order_dir` ' +
      'is set. `me` in the filter is the caller; for a service key, it stands for no user.',
    access: 'conversations:read',
    response: { list: ConversationDto },
    errors: ['NOT_FOUND'],
  })
  async conversations(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Query() query: SavedViewConversationsQueryDto,
  ): Promise<ListResponse<ConversationDto>> {
    const view = await this.views.get(principal, id);
    const request = parsePageRequest({ order_dir: view.orderDir, ...query }, [
      'saved-view',
      principal.workspaceId,
      principal.userId,
      id,
      view.version,
    ]);
    const page = await this.views.listConversations(principal, view, request);
    return toListResponse(request, { ...page, items: page.items.map(toConversationDto) });
  }
}
