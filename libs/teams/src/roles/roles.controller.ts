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
import { CreateRoleDto, RoleDto, toRoleDto, UpdateRoleDto } from './dto/role.dto.js';
import { RolesService } from './roles.service.js';

/** What members of a workspace may do. */
@ApiTags('Teams')
@Controller('v1/roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Operation({
    summary: 'List roles',
    description:
      'The built-in ones, then those of the workspace by the time they were made. Narrowed to a time it leaves the built-in ones out.',
    access: 'settings:read',
    answer: { list: RoleDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListBody<RoleDto>> {
    const range = timeRangeOf(query);
    const request = pageRequest({ order_dir: 'asc', ...query }, ['roles', workspaceId, range]);
    const page = await this.roles.list(workspaceId, range, request);
    return listBody(request, { ...page, items: page.items.map(toRoleDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a role',
    description: 'Give it to users by `PATCH /v1/users/{id}`.',
    access: 'settings:write',
    answer: { one: RoleDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateRoleDto): Promise<One<RoleDto>> {
    const { name, description = null, scopes } = body;
    return one(toRoleDto(await this.roles.create(principal, { name, description, scopes })));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a role',
    description: "One of the workspace's own; the built-in ones are in the list.",
    access: 'settings:read',
    answer: { one: RoleDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<RoleDto>> {
    return one(toRoleDto(await this.roles.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a role',
    description: 'Whoever has it may do at once what it then allows; in other processes within five seconds.',
    access: 'settings:write',
    answer: { one: RoleDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateRoleDto,
    @IfMatch() version: number | null,
  ): Promise<One<RoleDto>> {
    return oneChanged(this.roles.update(principal, id, body, version), toRoleDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a role',
    description: 'A role that users have cannot be deleted: `details.members_count` says how many.',
    access: 'settings:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.roles.delete(workspaceId, id, version), toRoleDto);
  }
}
