import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import {
  CreateSavedViewDto,
  SavedViewConversationsQueryDto,
  SavedViewCountsDto,
  SavedViewDto,
  SavedViewListQueryDto,
  toNewSavedView,
  toSavedViewDto,
  toSavedViewFields,
  UpdateSavedViewDto,
} from './dto/saved-view.dto.js';
import { COUNTED_UP_TO, MOST_COUNTED, SavedViewsService } from './saved-views.service.js';

/** Filters that are kept under a name: the workspace's, a team's, or one's own. */
@ApiTags('Messaging')
@Controller('v1/saved-views')
export class SavedViewsController {
  constructor(private readonly views: SavedViewsService) {}

  @Get()
  @Operation({
    summary: 'List saved views',
    description: 'All that the caller may use, by their position.',
    access: 'conversations:read',
    answer: { list: SavedViewDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: SavedViewListQueryDto,
  ): Promise<ListBody<SavedViewDto>> {
    const filter = { visibility: query.visibility, resource: query.resource, ...timeRangeOf(query) };
    const request = pageRequest({ order_dir: 'asc', ...query }, [
      'saved-views',
      principal.workspaceId,
      principal.userId,
      filter,
    ]);
    const page = await this.views.list(principal, filter, request);
    return listBody(request, { ...page, items: page.items.map(toSavedViewDto) });
  }

  @Post()
  @Operation({
    summary: 'Save a view',
    description:
      'For everybody in the workspace unless `visibility` says otherwise. The filter is checked, each fault told by its path. Without a position it comes last.',
    access: 'conversations:write',
    answer: { one: SavedViewDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateSavedViewDto): Promise<One<SavedViewDto>> {
    return one(toSavedViewDto(await this.views.create(principal, toNewSavedView(body))));
  }

  @Get('counts')
  @Operation({
    summary: 'Count the conversations of saved views',
    description: `Of the caller's first ${MOST_COUNTED} views, each up to ${COUNTED_UP_TO}.`,
    access: 'conversations:read',
    answer: { one: SavedViewCountsDto },
  })
  async counts(@CurrentPrincipal() principal: Principal): Promise<One<SavedViewCountsDto>> {
    return one({ counts: await this.views.counts(principal) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get a saved view',
    description:
      'The filter as it was written, with `me` as that word. Views of other people, and of teams that the caller is not in, are not found.',
    access: 'conversations:read',
    answer: { one: SavedViewDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<SavedViewDto>> {
    return one(toSavedViewDto(await this.views.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a saved view',
    description: 'Whoever may use it may change it. Cursors of its pages end with the change.',
    access: 'conversations:write',
    answer: { one: SavedViewDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateSavedViewDto,
    @IfMatch() version: number | null,
  ): Promise<One<SavedViewDto>> {
    return oneChanged(this.views.update(principal, id, toSavedViewFields(body), version), toSavedViewDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a saved view',
    description: 'Whoever may use it may delete it. Its conversations stay as they are.',
    access: 'conversations:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.views.delete(principal, id, version), toSavedViewDto);
  }

  @Get(':id/conversations')
  @Operation({
    summary: 'List the conversations of a saved view',
    description:
      'In the order that the view says, unless told otherwise. `me` in its filter is the caller, and nobody where a service asks.',
    access: 'conversations:read',
    answer: { list: ConversationDto },
    errors: ['NOT_FOUND'],
  })
  async conversations(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Query() query: SavedViewConversationsQueryDto,
  ): Promise<ListBody<ConversationDto>> {
    const view = await this.views.get(principal, id);
    const request = pageRequest({ order_dir: view.orderDir, ...query }, [
      'saved-view',
      principal.workspaceId,
      principal.userId,
      id,
      view.version,
    ]);
    const page = await this.views.conversationsOf(principal, view, request);
    return listBody(request, { ...page, items: page.items.map(toConversationDto) });
  }
}
