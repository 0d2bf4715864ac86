import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ReferencesDto, ReferencesService, toReferencesDto } from '@parley/kernel/references';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { USER } from '../teams.references.js';
import {
  toUpdateMemberInput,
  toUserDto,
  toUsersFilter,
  UpdateUserDto,
  UserDto,
  UserListQueryDto,
} from './dto/user.dto.js';
import { MemberUpdater } from './member-updater.service.js';
import { UsersService } from './users.service.js';

/** Members of the workspace. */
@ApiTags('Users')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly updater: MemberUpdater,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List users',
    description:
      'Returns all members of the workspace, including invited and deactivated ones. Sorted by the time they ' +
      'joined, oldest first, unless `order_by` is given.',
    access: 'users:read',
    response: { list: UserDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: UserListQueryDto,
  ): Promise<ListResponse<UserDto>> {
    const [filter, orderBy] = [toUsersFilter(query), query.order_by ?? 'created_at'];
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['users', workspaceId, filter, orderBy]);
    const page = await this.users.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get a user',
    description: 'Returns a user with their teams and team inboxes. For the current user, see `GET /v1/me`.',
    access: 'users:read',
    response: { item: UserDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<UserDto>> {
    return toResponse(toUserDto(await this.users.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a user',
    description:
      "Changing `role` requires an owner or admin: neither the user's role nor the new one can be higher than " +
      'yours. The same applies to every change of another owner or admin. A new role takes ' +
      'effect at once. Fails with 422 if the last owner would lose the role, and if you change ' +
      'the name or picture of a user who belongs to other workspaces too. An invited user has the given name ' +
      'until they join and cannot have a picture.',
    access: 'users:write',
    liveOnly: true,
    response: { item: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateUserDto,
  ): Promise<ItemResponse<UserDto>> {
    return toResponse(
      toUserDto(await this.updater.update(principal, id, { ...toUpdateMemberInput(body), role: body.role })),
    );
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to a user',
    description:
      'Returns the teams, inboxes, automations, saved views and other objects that refer to the user. For their ' +
      'conversations, use `GET /v1/conversations?assignee=`.',
    access: 'users:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.users.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: USER, id }, get));
  }
}
