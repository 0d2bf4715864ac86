import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  IdParam,
  parseIdFilter,
  IfMatch,
  toResponse,
  toUpdateResponse,
  Operation,
  type ItemResponse,
} from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import {
  CreateQuickReplyDto,
  QuickReplyDto,
  QuickReplyListQueryDto,
  toUpdateQuickReplyInput,
  toQuickReplyDto,
  UpdateQuickReplyDto,
} from './dto/quick-reply.dto.js';
import { QuickRepliesService } from './quick-replies.service.js';

/** Replies that the composer offers at one press. */
@ApiTags('Messaging')
@Controller('v1/quick-replies')
export class QuickRepliesController {
  constructor(private readonly replies: QuickRepliesService) {}

  @Get()
  @Operation({
    summary: 'List quick replies',
    description: 'By their position. With `conversation_id`, those that are offered in it, filled in.',
    access: 'conversations:read',
    response: { list: QuickReplyDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: QuickReplyListQueryDto,
  ): Promise<ListResponse<QuickReplyDto>> {
    const { q, inbox, conversation_id: conversationId } = query;
    const [offeredIn] = parseIdFilter('inbox', inbox === undefined ? [] : [inbox], { none: true })!;
    const filter = { q, offeredIn, ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, [
      'quick-replies',
      workspaceId,
      filter,
      conversationId,
    ]);
    const page =
      conversationId === undefined
        ? await this.replies.list(workspaceId, filter, request)
        : await this.replies.listRendered(workspaceId, conversationId, userId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toQuickReplyDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a quick reply',
    description:
      'Offered everywhere, or in one inbox only. Comes last unless it is given a position; the text is checked for unknown variables.',
    access: 'conversations:write',
    response: { item: QuickReplyDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateQuickReplyDto,
  ): Promise<ItemResponse<QuickReplyDto>> {
    const { title, body: text, inbox_id: inboxId = null, position = null } = body;
    return toResponse(
      toQuickReplyDto(await this.replies.create(workspaceId, { title, body: text, inboxId, position })),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a quick reply',
    description: 'The text as it was written, its variables not filled in; the list fills them in for a conversation.',
    access: 'conversations:read',
    response: { item: QuickReplyDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<QuickReplyDto>> {
    return toResponse(toQuickReplyDto(await this.replies.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a quick reply',
    description:
      'A new position moves no others: those that have the same one stand in the order in which they were made.',
    access: 'conversations:write',
    response: { item: QuickReplyDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateQuickReplyDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<QuickReplyDto>> {
    return toUpdateResponse(
      this.replies.update(workspaceId, id, toUpdateQuickReplyInput(body), version),
      toQuickReplyDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a quick reply',
    description: 'It is no longer offered. What was said by it stays said.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.replies.delete(workspaceId, id, version), toQuickReplyDto);
  }
}
