import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
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
    response: { list: RoleDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListResponse<RoleDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['roles', workspaceId, range]);
    const page = await this.roles.list(workspaceId, range, request);
    return toListResponse(request, { ...page, items: page.items.map(toRoleDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a role',
    description: 'Give it to users by `PATCH /v1/users/{id}`.',
    access: 'settings:write',
    response: { item: RoleDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateRoleDto): Promise<ItemResponse<RoleDto>> {
    const { name, description = null, scopes } = body;
    return toResponse(toRoleDto(await this.roles.create(principal, { name, description, scopes })));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a role',
    description: "One of the workspace's own; the built-in ones are in the list.",
    access: 'settings:read',
    response: { item: RoleDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<RoleDto>> {
    return toResponse(toRoleDto(await this.roles.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a role',
    description: 'Whoever has it may do at once what it then allows; in other processes within five seconds.',
    access: 'settings:write',
    response: { item: RoleDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateRoleDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<RoleDto>> {
    return toUpdateResponse(this.roles.update(principal, id, body, version), toRoleDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a role',
    description: 'A role that users have cannot be deleted: `details.members_count` says how many.',
    access: 'settings:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.roles.delete(workspaceId, id, version), toRoleDto);
  }
}
