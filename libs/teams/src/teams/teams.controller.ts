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
    answer: { list: TeamDto },
  })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: TeamListQueryDto): Promise<ListBody<TeamDto>> {
    const { workspaceId } = principal;
    const [filter, orderBy] = [toTeamsFilter(query, principal), query.order_by ?? 'created_at'];
    const request = pageRequest({ order_dir: 'asc', ...query }, ['teams', workspaceId, filter, orderBy]);
    const page = await this.teams.list(workspaceId, filter, orderBy, request);
    return listBody(request, { ...page, items: page.items.map(toTeamDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a team',
    description:
      'Conversations can be assigned to it at once. Its members are told of what begins with it outside any inbox; everybody else in the workspace still sees its conversations.',
    access: 'teams:write',
    answer: { one: TeamDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreateTeamDto): Promise<One<TeamDto>> {
    return one(
      toTeamDto(await this.teams.create(workspaceId, body.name, body.description ?? null, body.member_ids ?? [])),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a team',
    description: 'With how many people are in it; `GET /v1/teams/{id}/members` says who.',
    access: 'teams:read',
    answer: { one: TeamDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<TeamDto>> {
    return one(toTeamDto(await this.teams.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a team',
    description: 'Its name and description; who is in it is changed under `/v1/teams/{id}/members`.',
    access: 'teams:write',
    answer: { one: TeamDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateTeamDto,
    @IfMatch() version: number | null,
  ): Promise<One<TeamDto>> {
    return oneChanged(this.teams.update(workspaceId, id, body, version), toTeamDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a team',
    description: 'What was assigned to it loses its team.',
    access: 'teams:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.teams.delete(workspaceId, id, version), toTeamDto);
  }

  @Get(':id/members')
  @Operation({
    summary: 'List the members of a team',
    description: 'By the time they joined the workspace, deactivated ones too.',
    access: 'teams:read',
    answer: { list: UserDto },
    errors: ['NOT_FOUND'],
  })
  async members(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListBody<UserDto>> {
    await this.teams.get(workspaceId, id);
    const filter = { teamIds: [id], ...timeRangeOf(query) };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['team-members', workspaceId, filter]);
    const page = await this.users.list(workspaceId, filter, 'created_at', request);
    return listBody(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({
    summary: 'Put a user in a team',
    description: 'Nothing changes when they are in it already.',
    access: 'teams:write',
    answer: { one: UserDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async addMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: AddTeamMemberDto,
  ): Promise<One<UserDto>> {
    await this.teams.addMember(workspaceId, id, body.user_id);
    return one(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({
    summary: 'Take a user out of a team',
    description: 'What is assigned to them stays theirs.',
    access: 'teams:write',
    answer: { empty: true },
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
