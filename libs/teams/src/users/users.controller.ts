import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { toMemberChange, toUserDto, toUsersFilter, UpdateUserDto, UserDto, UserListQueryDto } from './dto/user.dto.js';
import { MemberChanges } from './member-changes.service.js';
import { UsersService } from './users.service.js';

/** The people who answer. */
@ApiTags('Teams')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly changes: MemberChanges,
  ) {}

  @Get()
  @Operation({
    summary: 'List users',
    description:
      'Members of the workspace, invited and deactivated ones too, by the time they joined unless `order_by` says otherwise.',
    access: 'users:read',
    answer: { list: UserDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: UserListQueryDto,
  ): Promise<ListBody<UserDto>> {
    const [filter, orderBy] = [toUsersFilter(query), query.order_by ?? 'created_at'];
    const request = pageRequest({ order_dir: 'asc', ...query }, ['users', workspaceId, filter, orderBy]);
    const page = await this.users.list(workspaceId, filter, orderBy, request);
    return listBody(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Get(':id')
  @Operation({
    summary: 'Get a user',
    description: 'With the teams and team inboxes that they are in. `GET /v1/me` is yourself.',
    access: 'users:read',
    answer: { one: UserDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<UserDto>> {
    return one(toUserDto(await this.users.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a user',
    description:
      'Only owners and admins themselves give another role, which holds at once, and nobody for somebody of a higher role or up to a role above their own; the last owner stays one. The name and picture of a user who is in other workspaces too are theirs alone to change. Who is invited has the name that you give until they join, and no picture.',
    access: 'users:write',
    answer: { one: UserDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateUserDto,
  ): Promise<One<UserDto>> {
    return one(toUserDto(await this.changes.update(principal, id, { ...toMemberChange(body), role: body.role })));
  }
}
