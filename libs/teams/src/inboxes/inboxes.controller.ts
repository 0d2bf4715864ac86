import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  DeletedObjectDto,
  ReferencesDto,
  ReferencesService,
  toDeletionResponse,
  toReferencesDto,
} from '@parley/kernel/references';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { OldestFirstQueryDto } from '../list-query.dto.js';
import { toUserDto, UserDto } from '../users/dto/user.dto.js';
import { INBOX } from '../teams.references.js';
import { UsersService } from '../users/users.service.js';
import {
  AddInboxMemberDto,
  CreateInboxDto,
  InboxDto,
  InboxListQueryDto,
  MEMBERS_DESCRIPTION,
  toInboxDto,
  toInboxesFilter,
  toInboxInput,
  UpdateInboxDto,
} from './dto/inbox.dto.js';
import { InboxesService } from './inboxes.service.js';

/** Inboxes that conversations arrive in. */
@ApiTags('Inboxes')
@Controller('v1/team-inboxes')
export class InboxesController {
  constructor(
    private readonly inboxes: InboxesService,
    private readonly users: UsersService,
    private readonly references: ReferencesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List team inboxes',
    description:
      'Sorted by time of creation, oldest first, unless `order_by` is given. `member=me` returns your inboxes, ' +
      '`team=none` inboxes without a team.',
    access: 'teams:read',
    response: { list: InboxDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: InboxListQueryDto,
  ): Promise<ListResponse<InboxDto>> {
    const { workspaceId } = principal;
    const [filter, orderBy] = [toInboxesFilter(query, principal), query.order_by ?? 'created_at'];
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['inboxes', workspaceId, filter, orderBy]);
    const page = await this.inboxes.list(workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toInboxDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a team inbox',
    description:
      "Only the name is required. New conversations are assigned to the inbox's team, if it has one. Greeting and " +
      `away message are sent automatically. ${MEMBERS_DESCRIPTION} Fails with 409 if the name is already used.`,
    access: 'teams:write',
    response: { item: InboxDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateInboxDto,
  ): Promise<ItemResponse<InboxDto>> {
    return toResponse(
      toInboxDto(
        await this.inboxes.create(workspaceId, { ...toInboxInput(body), name: body.name }, body.member_ids ?? []),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a team inbox',
    description:
      'Returns the inbox with its number of members. To list the members, use `GET /v1/team-inboxes/{id}/members`.',
    access: 'teams:read',
    response: { item: InboxDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<InboxDto>> {
    return toResponse(toInboxDto(await this.inboxes.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a team inbox',
    description:
      'A new team applies to future conversations; existing ones keep their team. With a change of `access`, users ' +
      'without access no longer see the conversations, and keep those that are assigned to them as assignees. ' +
      'Fails with 409 if the name is already used.',
    access: 'teams:write',
    response: { item: InboxDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateInboxDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<InboxDto>> {
    return toUpdateResponse(this.inboxes.update(workspaceId, id, toInboxInput(body), version), toInboxDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a team inbox',
    description:
      'Conversations of the inbox are kept, without an inbox, and are visible to all users. Fails with 409 while ' +
      '`access` is `members`. If other objects refer to the inbox, such as automations, the response is 200 and lists ' +
      'them; `GET /v1/team-inboxes/{id}/references` lists them beforehand.',
    access: 'teams:write',
    response: { deletion: DeletedObjectDto },
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<DeletedObjectDto> | undefined> {
    const remove = () => toUpdateResponse(this.inboxes.delete(principal.workspaceId, id, version), toInboxDto);
    return toDeletionResponse(id, await this.references.listBefore(principal, { type: INBOX, id }, remove));
  }

  @Get(':id/references')
  @Operation({
    summary: 'List references to an inbox',
    description:
      'Returns the automations, saved views, quick replies and other objects that refer to the inbox. For its ' +
      'conversations, use `GET /v1/conversations?inbox=`.',
    access: 'teams:read',
    response: { raw: ReferencesDto },
    errors: ['NOT_FOUND'],
  })
  async listReferences(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ReferencesDto> {
    const get = () => this.inboxes.get(principal.workspaceId, id);
    return toReferencesDto(await this.references.listBefore(principal, { type: INBOX, id }, get));
  }

  @Get(':id/members')
  @Operation({
    summary: 'List team inbox members',
    description:
      'Sorted by the time they joined the workspace, oldest first. Includes deactivated users. ' + MEMBERS_DESCRIPTION,
    access: 'teams:read',
    response: { list: UserDto },
    errors: ['NOT_FOUND'],
  })
  async listMembers(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListResponse<UserDto>> {
    await this.inboxes.get(workspaceId, id);
    const filter = { inboxIds: [id], ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['inbox-members', workspaceId, filter]);
    const page = await this.users.list(workspaceId, filter, 'created_at', request);
    return toListResponse(request, { ...page, items: page.items.map(toUserDto) });
  }

  @Post(':id/members')
  @Operation({
    summary: 'Add a team inbox member',
    description: `Idempotent. ${MEMBERS_DESCRIPTION} Fails with 422 if the user is not active.`,
    access: 'teams:write',
    response: { item: UserDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async addMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: AddInboxMemberDto,
  ): Promise<ItemResponse<UserDto>> {
    await this.inboxes.addMember(workspaceId, id, body.user_id);
    return toResponse(toUserDto(await this.users.get(workspaceId, body.user_id)));
  }

  @Delete(':id/members/:user_id')
  @Operation({
    summary: 'Remove a team inbox member',
    description:
      'The user no longer gets notifications of new conversations in the inbox, and no longer sees its conversations if its ' +
      '`access` is `members`. Conversations assigned to them stay assigned.',
    access: 'teams:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeMember(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'ID of the user.') userId: string,
  ): Promise<void> {
    await this.inboxes.removeMember(workspaceId, id, userId);
  }
}
