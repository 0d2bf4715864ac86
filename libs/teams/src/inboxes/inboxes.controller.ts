import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, IfMatch, listBody, one, oneChanged, Operation, PageQueryDto, pageRequest, type ListBody, type One, type Principal } from '@parley/kernel';
import { toUserDto, UserDto } from '../users/dto/user.dto.js';
import { UsersService } from '../users/users.service.js';
import { AddInboxMemberDto, CreateInboxDto, InboxDto, InboxListQueryDto, toInboxDto, toInboxFields, UpdateInboxDto } from './dto/inbox.dto.js';
import { InboxesService } from './inboxes.service.js';

/** Places where conversations arrive and are worked. */
@ApiTags('Teams')
@Controller('v1/team-inboxes')
export class InboxesController {
  constructor(
    private readonly inboxes: InboxesService,
    private readonly users: UsersService,
  ) {}

  @Get()
  @Operation({ summary: 'List team inboxes', description: 'By the time they were made.', access: 'teams:read', answer: { list: InboxDto } })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: InboxListQueryDto): Promise<ListBody<InboxDto>> {
    const filter = { q: query.q, teamId: query.team, memberId: query.member, channel: query.channel };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['inboxes', workspaceId, filter]);
    const page = await this.inboxes.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toInboxDto) });
  }

  @Post()
  @Operation({ summary: 'Make a team inbox', access: 'teams:write', answer: { one: InboxDto, status: 201 }, errors: ['CONFLICT', 'UNPROCESSABLE'] })
  async create(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreateInboxDto): Promise<One<InboxDto>> {
    return one(toInboxDto(await this.inboxes.create(workspaceId, { ...toInboxFields(body), name: body.name }, body.member_ids ?? [])));
  }

  @Get(':id')
  @Operation({ summary: 'Get a team inbox', access: 'teams:read', answer: { one: InboxDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<InboxDto>> {
    return one(toInboxDto(await this.inboxes.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({ summary: 'Change a team inbox', access: 'teams:write', answer: { one: InboxDto }, errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PRECONDITION_FAILED'] })
  async update(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Body() body: UpdateInboxDto, @IfMatch() version: number | null): Promise<One<InboxDto>> {
    return oneChanged(this.inboxes.update(workspaceId, id, toInboxFields(body), version), toInboxDto);
  }

  @Delete(':id')
  @Operation({ summary: 'Delete a team inbox', description: 'What arrived in it stays, in no inbox.', access: 'teams:write', answer: { empty: true }, errors: ['NOT_FOUND'] })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.inboxes.delete(workspaceId, id);
  }

  @Get(':id/members')
  @Operation({ summary: 'List who works in a team inbox', access: 'teams:read', answer: { list: UserDto }, errors: ['NOT_FOUND'] })
  async members(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Query() query: PageQueryDto): Promise<ListBody<UserDto>> {
    await this.inboxes.get(workspaceId, id);
    const request = pageRequest({ order_dir: 'asc', ...query }, ['inbox-members', workspaceId, id]);
    const page = await this.users.list(workspaceId, { inboxId: id }, request);
    return listBody(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({ summary: 'Let a user work in a team inbox', description: 'Nothing changes when they do already.', access: 'teams:write', answer: { one: UserDto, status: 201 }, errors: ['NOT_FOUND', 'UNPROCESSABLE'] })
  async addMember(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Body() body: AddInboxMemberDto): Promise<One<UserDto>> {
    await this.inboxes.addMember(workspaceId, id, body.user_id);
    return one(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({ summary: 'Take a user out of a team inbox', access: 'teams:write', answer: { empty: true }, errors: ['NOT_FOUND'] })
  async removeMember(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @IdParam('user_id', 'Id of the user.') userId: string): Promise<void> {
    await this.inboxes.removeMember(workspaceId, id, userId);
  }
}
