import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { OldestFirstQueryDto } from '../list-query.dto.js';
import { toUserDto, UserDto } from '../users/dto/user.dto.js';
import { UsersService } from '../users/users.service.js';
import {
  AddInboxMemberDto,
  CreateInboxDto,
  InboxDto,
  InboxListQueryDto,
  MEMBERS_DESCRIPTION,
  toInboxDto,
  toInboxesFilter,
  toInboxInput,
  UpdateInboxDto,
} from './dto/inbox.dto.js';
import { InboxesService } from './inboxes.service.js';

/** Places where conversations arrive and are worked. */
@ApiTags('Teams')
@Controller('v1/team-inboxes')
export class InboxesController {
  constructor(
    private readonly inboxes: InboxesService,
    private readonly users: UsersService,
  ) {}

  @Get()
  @Operation({
    summary: 'List team inboxes',
    description:
      'By the time they were made, unless `order_by` says otherwise: the oldest first. `member=me` gives those that you are a member of, `team=none` those of no team.',
    access: 'teams:read',
    response: { list: InboxDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: InboxListQueryDto,
  ): Promise<ListResponse<InboxDto>> {
    const { workspaceId } = principal;
    const [filter, orderBy] = [toInboxesFilter(query, principal), query.order_by ?? 'created_at'];
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['inboxes', workspaceId, filter, orderBy]);
    const page = await this.inboxes.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toInboxDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a team inbox',
    description: `Only a name is needed. What arrives in it goes to its team, where it has one; greeting and away message are said by themselves. ${MEMBERS_DESCRIPTION}`,
    access: 'teams:write',
    response: { item: InboxDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateInboxDto,
  ): Promise<ItemResponse<InboxDto>> {
    return toResponse(
      toInboxDto(
        await this.inboxes.create(workspaceId, { ...toInboxInput(body), name: body.name }, body.member_ids ?? []),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a team inbox',
    description: 'With how many members it has; `GET /v1/team-inboxes/{id}/members` says who they are.',
    access: 'teams:read',
    response: { item: InboxDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<InboxDto>> {
    return toResponse(toInboxDto(await this.inboxes.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a team inbox',
    description: 'Another team gets what arrives from now on; conversations that are there stay where they are.',
    access: 'teams:write',
    response: { item: InboxDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateInboxDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<InboxDto>> {
    return toUpdateResponse(this.inboxes.update(workspaceId, id, toInboxInput(body), version), toInboxDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a team inbox',
    description: 'What arrived in it stays, in no inbox.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.inboxes.delete(workspaceId, id, version), toInboxDto);
  }

  @Get(':id/members')
  @Operation({
    summary: 'List the members of a team inbox',
    description: `By the time they joined the workspace, deactivated ones too. ${MEMBERS_DESCRIPTION}`,
    access: 'teams:read',
    response: { list: UserDto },
    errors: ['NOT_FOUND'],
  })
  async listMembers(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListResponse<UserDto>> {
    await this.inboxes.get(workspaceId, id);
    const filter = { inboxIds: [id], ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['inbox-members', workspaceId, filter]);
    const page = await this.users.list(workspaceId, filter, 'created_at', request);
    return toListResponse(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({
    summary: 'Put a user in a team inbox',
    description: `Nothing changes when they are in it already. ${MEMBERS_DESCRIPTION}`,
    access: 'teams:write',
    response: { item: UserDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async addMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: AddInboxMemberDto,
  ): Promise<ItemResponse<UserDto>> {
    await this.inboxes.addMember(workspaceId, id, body.user_id);
    return toResponse(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({
    summary: 'Take a user out of a team inbox',
    description:
      'They are no longer told of what begins in it. They still see its conversations, and what is assigned to them stays theirs.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'Id of the user.') userId: string,
  ): Promise<void> {
    await this.inboxes.removeMember(workspaceId, id, userId);
  }
}
