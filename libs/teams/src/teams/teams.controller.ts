import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { OldestFirstQueryDto } from '../list-query.dto.js';
import { toUserDto, UserDto } from '../users/dto/user.dto.js';
import { TEAM } from '../teams.references.js';
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

/** Groups of users that conversations can be assigned to. */
@ApiTags('Teams')
@Controller('v1/teams')
export class TeamsController {
  constructor(
    private readonly teams: TeamsService,
    private readonly users: UsersService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List teams',
    description:
      'Sorted by time of creation, oldest first, unless `order_by` is given. `member=me` returns your teams.',
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
    summary: 'Create a team',
    description:
      'Members can get the notification `conversation_created` of new conversations of the team that are in no inbox; ' +
      'it is disabled by default. Membership does not restrict ' +
      "access: all users of the workspace can see the team's conversations. Fails with 409 if the name is " +
      'already used.',
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
    description: 'Returns the team with its number of members. To list the members, use `GET /v1/teams/{id}/members`.',
    access: 'teams:read',
    response: { item: TeamDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<TeamDto>> {
    return toResponse(toTeamDto(await this.teams.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a team',
    description:
      'Updates the name and description. To change the members, use `/v1/teams/{id}/members`. Fails with 409 if ' +
      'the name is already used.',
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
    description:
      'Conversations assigned to the team are unassigned from it. If other objects refer to the team, such as ' +
      'automations, the response is 200 and lists them; `GET /v1/teams/{id}/references` lists them beforehand.',
    access: 'teams:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const remove = () => toUpdateResponse(this.teams.delete(principal.workspaceId, id, version), toTeamDto);
    return toDeletionResponse(id, await this.references.listBefore(principal, { type: TEAM, id }, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a team',
    description:
      'Returns the automations, saved views, canned responses, inboxes and other objects that refer to the team. ' +
      'For its conversations, use `GET /v1/conversations?team=`.',
    access: 'teams:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.teams.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: TEAM, id }, get));
  }

  @Get(':id/members')
  @Operation({
    summary: 'List team members',
    description: 'Sorted by the time they joined the workspace, oldest first. Includes deactivated users.',
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
    summary: 'Add a team member',
    description: 'Idempotent. Fails with 422 if the user is not active.',
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
    summary: 'Remove a team member',
    description: 'Conversations assigned to the user stay assigned.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'ID of the user.') userId: string,
  ): Promise<void> {
    await this.teams.removeMember(workspaceId, id, userId);
  }
}
