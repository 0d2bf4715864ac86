import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, IfMatch, listBody, one, oneChanged, Operation, PageQueryDto, pageRequest, type ListBody, type One, type Principal } from '@parley/kernel';
import { toUserDto, UserDto } from '../users/dto/user.dto.js';
import { UsersService } from '../users/users.service.js';
import { AddTeamMemberDto, CreateTeamDto, TeamDto, TeamListQueryDto, toTeamDto, UpdateTeamDto } from './dto/team.dto.js';
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
  @Operation({ summary: 'List teams', description: 'By the time they were made.', access: 'teams:read', answer: { list: TeamDto } })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: TeamListQueryDto): Promise<ListBody<TeamDto>> {
    const filter = { q: query.q, memberId: query.member };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['teams', workspaceId, filter]);
    const page = await this.teams.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toTeamDto) });
  }

  @Post()
  @Operation({ summary: 'Make a team', access: 'teams:write', answer: { one: TeamDto, status: 201 }, errors: ['CONFLICT', 'UNPROCESSABLE'] })
  async create(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreateTeamDto): Promise<One<TeamDto>> {
    return one(toTeamDto(await this.teams.create(workspaceId, body.name, body.description ?? null, body.member_ids ?? [])));
  }

  @Get(':id')
  @Operation({ summary: 'Get a team', access: 'teams:read', answer: { one: TeamDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<TeamDto>> {
    return one(toTeamDto(await this.teams.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({ summary: 'Change a team', access: 'teams:write', answer: { one: TeamDto }, errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'] })
  async update(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Body() body: UpdateTeamDto, @IfMatch() version: number | null): Promise<One<TeamDto>> {
    return oneChanged(this.teams.update(workspaceId, id, body, version), toTeamDto);
  }

  @Delete(':id')
  @Operation({ summary: 'Delete a team', description: 'What was assigned to it loses its team.', access: 'teams:write', answer: { empty: true }, errors: ['NOT_FOUND'] })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.teams.delete(workspaceId, id);
  }

  @Get(':id/members')
  @Operation({ summary: 'List the members of a team', access: 'teams:read', answer: { list: UserDto }, errors: ['NOT_FOUND'] })
  async members(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Query() query: PageQueryDto): Promise<ListBody<UserDto>> {
    await this.teams.get(workspaceId, id);
    const request = pageRequest({ order_dir: 'asc', ...query }, ['team-members', workspaceId, id]);
    const page = await this.users.list(workspaceId, { teamId: id }, request);
    return listBody(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({ summary: 'Put a user in a team', description: 'Nothing changes when they are in it already.', access: 'teams:write', answer: { one: UserDto, status: 201 }, errors: ['NOT_FOUND', 'UNPROCESSABLE'] })
  async addMember(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Body() body: AddTeamMemberDto): Promise<One<UserDto>> {
    await this.teams.addMember(workspaceId, id, body.user_id);
    return one(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({ summary: 'Take a user out of a team', access: 'teams:write', answer: { empty: true }, errors: ['NOT_FOUND'] })
  async removeMember(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @IdParam('user_id', 'Id of the user.') userId: string): Promise<void> {
    await this.teams.removeMember(workspaceId, id, userId);
  }
}
