import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ReferencesDto, ReferencesService, toReferencesDto } from '@parley/kernel/references';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { OldestFirstQueryDto } from '../list-query.dto.js';
import { ROLE } from '../teams.references.js';
import { CreateRoleDto, RoleDto, toRoleDto, UpdateRoleDto } from './dto/role.dto.js';
import { ScopeGroupsDto, toScopeGroupsDto } from './dto/scope.dto.js';
import { RolesService } from './roles.service.js';

/** Roles of a workspace. */
@ApiTags('Roles')
@Controller('v1/roles')
export class RolesController {
  constructor(
    private readonly roles: RolesService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List roles',
    description:
      'Returns the built-in roles, then the custom roles, oldest first. With a time filter, only custom roles ' +
      'are returned.',
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
    summary: 'Create a role',
    description:
      'Assign the role to users with `PATCH /v1/users/{id}`. Fails with 403 if you lack one of its scopes, and ' +
      'with 409 if the name is already used.',
    access: 'settings:write',
    response: { item: RoleDto, status: 201 },
    errors: ['CONFLICT'],
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateRoleDto): Promise<ItemResponse<RoleDto>> {
    const { name, description = null, scopes } = body;
    return toResponse(toRoleDto(await this.roles.create(principal, { name, description, scopes })));
  }

  @Get('scopes')
  @Operation({
    summary: 'List scopes',
    description: 'Returns the scope groups of this server, for roles and API keys.',
    access: 'signed-in',
    response: { raw: ScopeGroupsDto },
  })
  listScopes(): ScopeGroupsDto {
    return toScopeGroupsDto();
  }

  @Get(':id')
  @Operation({
    summary: 'Get a role',
    description: 'Returns a custom role. Built-in roles are available in the list only.',
    access: 'settings:read',
    response: { item: RoleDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<RoleDto>> {
    return toResponse(toRoleDto(await this.roles.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a role',
    description:
      'Takes effect for all users with the role within five seconds. Fails with 403 if you lack one of its scopes, ' +
      'and with 409 if the name is already used.',
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
    description: 'Fails with 409 if users have the role; `details.members_count` is their number.',
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

  @Get(':id/references')
  @Operation({
    summary: 'List references to a role',
    description: 'Returns the users and OIDC providers that refer to the role.',
    access: 'settings:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.roles.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: ROLE, id }, get));
  }
}
