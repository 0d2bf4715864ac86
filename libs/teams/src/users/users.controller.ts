import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
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

/** The people who answer. */
@ApiTags('Teams')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly updater: MemberUpdater,
  ) {}

  @Get()
  @Operation({
    summary: 'List users',
    description:
      'Members of the workspace, invited and deactivated ones too, by the time they joined unless `order_by` says otherwise.',
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
    description: 'With the teams and team inboxes that they are in. `GET /v1/me` is yourself.',
    access: 'users:read',
    response: { item: UserDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<UserDto>> {
    return toResponse(toUserDto(await this.users.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a user',
    description:
      'Only owners and admins themselves give another role, which holds at once, and nobody for somebody of a higher role or up to a role above their own; the last owner stays one. The name and picture of a user who is in other workspaces too are theirs alone to change. Who is invited has the name that you give until they join, and no picture.',
    access: 'users:write',
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
}
