import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, listBody, one, Operation, pageRequest, type ListBody, type One, type Principal } from '@parley/kernel';
import { toMemberChange, toUserDto, UpdateUserDto, UserDto, UserListQueryDto } from './dto/user.dto.js';
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
  @Operation({ summary: 'List users', description: 'Members of the workspace, by the time they joined.', access: 'users:read', answer: { list: UserDto } })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: UserListQueryDto): Promise<ListBody<UserDto>> {
    const filter = { role: query.role, status: query.status, availability: query.availability, teamId: query.team, inboxId: query.inbox, q: query.q };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['users', workspaceId, filter]);
    const page = await this.users.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Get(':id')
  @Operation({ summary: 'Get a user', access: 'users:read', answer: { one: UserDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<UserDto>> {
    return one(toUserDto(await this.users.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a user',
    description: 'Only owners and admins themselves give another role, which holds at once, and nobody for somebody of a higher role or up to a role above their own; the last owner stays one. The name and picture of a user who is in other workspaces too are theirs alone to change. Who is invited has the name that you give until they join, and no picture.',
    access: 'users:write', answer: { one: UserDto }, errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async update(@CurrentPrincipal() principal: Principal, @IdParam() id: string, @Body() body: UpdateUserDto): Promise<One<UserDto>> {
    return one(toUserDto(await this.changes.update(principal, id, { ...toMemberChange(body), role: body.role })));
  }
}
