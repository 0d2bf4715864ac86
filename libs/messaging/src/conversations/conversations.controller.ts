import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  IdParam,
  IfMatch,
  toResponse,
  toUpdateResponse,
  Operation,
  withFieldAliases,
  type ItemResponse,
} from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { resolveUserIdOrMe } from '@parley/teams';
import { ConversationAssignmentService } from './conversation-assignment.service.js';
import { ConversationActionsService } from './conversation-actions.service.js';
import { ConversationCreator } from './conversation-creator.service.js';
import { ConversationsService } from './conversations.service.js';
import { ConversationListQueryDto, toConversationsFilter } from './dto/conversation-list-query.dto.js';
import { ConversationDto, toConversationDto } from './dto/conversation.dto.js';
import { CreateConversationDto, toCreateConversationInput } from './dto/create-conversation.dto.js';
import {
  AssignConversationDto,
  SnoozeConversationDto,
  toUpdateConversationInput,
  UpdateConversationDto,
} from './dto/update-conversation.dto.js';

/** Conversations with customers. */
@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly creator: ConversationCreator,
    private readonly actions: ConversationActionsService,
    private readonly assignment: ConversationAssignmentService,
  ) {}

  @Get()
  @Operation({
    summary: 'List conversations',
    description:
      'Returns the conversations that match all given filters. Sorted by `last_activity_at`, most ' +
      'recent first, unless `order_by` and `order_dir` are set.',
    access: 'conversations:read',
    response: { list: ConversationDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ConversationListQueryDto,
  ): Promise<ListResponse<ConversationDto>> {
    const filter = toConversationsFilter(query, principal);
    const orderBy = query.order_by ?? 'last_activity_at';
    const request = parsePageRequest(query, ['conversations', principal.workspaceId, filter, orderBy]);
    const page = await this.conversations.list(principal.workspaceId, filter, orderBy, request);
    return toListResponse(request, { ...page, items: page.items.map(toConversationDto) });
  }

  @Post()
  @Operation({
    summary: 'Create a conversation',
    description:
      'Finds or creates the contact and, if `message` is given, adds it as the first message. Returns ' +
      '403 if the contact is blocked, unless the first message is a reply or a note. Returns 409 if ' +
      '`external_id` is already used.',
    access: 'conversations:write',
    response: { item: ConversationDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: CreateConversationDto,
  ): Promise<ItemResponse<ConversationDto>> {
    return toResponse(
      toConversationDto(await this.creator.create(workspaceId, toCreateConversationInput(body, userId))),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a conversation',
    description:
      'Returns the conversation with a summary of its newest message. Use `GET …/messages` for its ' +
      'messages. `merged_into` is set if it was merged into another conversation.',
    access: 'conversations:read',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ConversationDto>> {
    return toResponse(toConversationDto(await this.conversations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a conversation',
    description: 'Applies all fields or none, and emits one event for all changes.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateConversationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return toUpdateResponse(
      this.actions.update(workspaceId, id, toUpdateConversationInput(body, userId), version),
      toConversationDto,
    );
  }

  @Post(':id/resolve')
  @Operation({
    summary: 'Resolve a conversation',
    description: 'Sets the status to `resolved`. The conversation reopens when the customer writes again.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async resolve(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return toUpdateResponse(this.actions.resolve(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/reopen')
  @Operation({
    summary: 'Reopen a conversation',
    description:
      'Sets the status to `open`, from any other status. Sets `waiting_since` and `unread_count` from the customer ' +
      'messages without a reply by a user, and removes an assignee who is no longer active. Returns 422 if the conversation is merged into another.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async reopen(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return toUpdateResponse(this.actions.reopen(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/close')
  @Operation({
    summary: 'Close a conversation',
    description:
      'Sets the status to `closed`. Comments and replies are rejected with 422 until the conversation is reopened; ' +
      'notes are still accepted.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async close(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return toUpdateResponse(this.actions.close(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/assign')
  @Operation({
    summary: 'Assign a conversation',
    description:
      'Assigns a user, a team, or both. Pass `null` to unassign; omitted fields stay unchanged. Returns 422 if the ' +
      'user has no access to the inbox of the conversation.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async assign(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: AssignConversationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    const assignment = { assigneeId: resolveUserIdOrMe('assigneeId', body.assignee_id, userId), teamId: body.team_id };
    return toUpdateResponse(this.assignment.assign(workspaceId, id, assignment, version), toConversationDto);
  }

  @Post(':id/snooze')
  @Operation({
    summary: 'Snooze a conversation',
    description:
      'Snoozes the conversation. It reopens at the time in `until`, or when the customer writes if `until` is omitted.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async snooze(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: SnoozeConversationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return withFieldAliases({ snoozedUntil: 'until' }, () =>
      toUpdateResponse(this.actions.snooze(workspaceId, id, body.until ?? null, version), toConversationDto),
    );
  }

  @Post(':id/unsnooze')
  @Operation({
    summary: 'Unsnooze a conversation',
    description: 'Sets the status to `open`. Does nothing if the conversation is not snoozed.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async unsnooze(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationDto>> {
    return toUpdateResponse(this.actions.unsnooze(workspaceId, id, version), toConversationDto);
  }
}
