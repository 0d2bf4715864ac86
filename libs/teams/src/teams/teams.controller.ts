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
  AddTeamMemberDto,
  CreateTeamDto,
  TeamDto,
  TeamListQueryDto,
  toTeamDto,
  toTeamsFilter,
  UpdateTeamDto,
} from './dto/team.dto.js';
import { TeamsService } from './teams.service.js';

/** Groups of people that conversations can be assigned to. */
@ApiTags('Teams')
@Controller('v1/teams')
export class TeamsController {
  constructor(
    private readonly teams: TeamsService,
    private readonly users: UsersService,
  ) {}

  @Get()
  @Operation({
    summary: 'List teams',
    description:
      'By the time they were made, unless `order_by` says otherwise: the oldest first. `member=me` gives the teams that you are in.',
    access: 'teams:read',
    response: { list: TeamDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: TeamListQueryDto,
  ): Promise<ListResponse<TeamDto>> {
    const { workspaceId } = principal;
    const [filter, orderBy] = [toTeamsFilter(query, principal), query.order_by ?? 'created_at'];
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['teams', workspaceId, filter, orderBy]);
    const page = await this.teams.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toTeamDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a team',
    description:
      'Conversations can be assigned to it at once. Its members are told of what begins with it outside any inbox; everybody else in the workspace still sees its conversations.',
    access: 'teams:write',
    response: { item: TeamDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateTeamDto,
  ): Promise<ItemResponse<TeamDto>> {
    return toResponse(
      toTeamDto(await this.teams.create(workspaceId, body.name, body.description ?? null, body.member_ids ?? [])),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a team',
    description: 'With how many people are in it; `GET /v1/teams/{id}/members` says who.',
    access: 'teams:read',
    response: { item: TeamDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<TeamDto>> {
    return toResponse(toTeamDto(await this.teams.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a team',
    description: 'Its name and description; who is in it is changed under `/v1/teams/{id}/members`.',
    access: 'teams:write',
    response: { item: TeamDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTeamDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<TeamDto>> {
    return toUpdateResponse(this.teams.update(workspaceId, id, body, version), toTeamDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a team',
    description: 'What was assigned to it loses its team.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.teams.delete(workspaceId, id, version), toTeamDto);
  }

  @Get(':id/members')
  @Operation({
    summary: 'List the members of a team',
    description: 'By the time they joined the workspace, deactivated ones too.',
    access: 'teams:read',
    response: { list: UserDto },
    errors: ['NOT_FOUND'],
  })
  async listMembers(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListResponse<UserDto>> {
    await this.teams.get(workspaceId, id);
    const filter = { teamIds: [id], ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['team-members', workspaceId, filter]);
    const page = await this.users.list(workspaceId, filter, 'created_at', request);
    return toListResponse(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({
    summary: 'Put a user in a team',
    description: 'Nothing changes when they are in it already.',
    access: 'teams:write',
    response: { item: UserDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async addMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: AddTeamMemberDto,
  ): Promise<ItemResponse<UserDto>> {
    await this.teams.addMember(workspaceId, id, body.user_id);
    return toResponse(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({
    summary: 'Take a user out of a team',
    description: 'What is assigned to them stays theirs.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'Id of the user.') userId: string,
  ): Promise<void> {
    await this.teams.removeMember(workspaceId, id, userId);
  }
}
