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
  UpdateQuickReplyDto,
} from './dto/quick-reply.dto.js';
import { QuickReplyMapper } from './quick-reply-mapper.service.js';
import { QuickRepliesService } from './quick-replies.service.js';

/** Replies that the composer offers as buttons. */
@ApiTags('Quick replies')
@Controller('v1/quick-replies')
export class QuickRepliesController {
  constructor(
    private readonly replies: QuickRepliesService,
    private readonly mapper: QuickReplyMapper,
  ) {}

  @Get()
  @Operation({
    summary: 'List quick replies',
    description:
      'Returns the quick replies sorted by position. With `conversation_id`, returns those offered in ' +
      'the conversation, with `rendered` set.',
    access: 'conversations:read',
    response: { list: QuickReplyDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: QuickReplyListQueryDto,
  ): Promise<ListResponse<QuickReplyDto>> {
    const { q, inbox, conversation_id: conversationId } = query;
    const [offeredInboxId] = parseIdFilter('inbox', inbox === undefined ? [] : [inbox], { none: true })!;
    const filter = { q, offeredInboxId, ...toTimeRange(query) };
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
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a quick reply',
    description:
      'Creates a quick reply for all inboxes, or for one inbox with `inbox_id`. Without `position` it ' +
      'is added last. Returns 400 if the text is not valid Liquid or contains unknown variables.',
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
      await this.mapper.toDto(
        workspaceId,
        await this.replies.create(workspaceId, { title, body: text, inboxId, position }),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a quick reply',
    description:
      'Returns the template as stored, with variables not replaced. Use the list with ' +
      '`conversation_id` to replace them.',
    access: 'conversations:read',
    response: { item: QuickReplyDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<QuickReplyDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.replies.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a quick reply',
    description:
      'Updates the quick reply. Changing its position does not move other replies; replies with the ' +
      'same position are sorted by creation.',
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
    return toUpdateResponse(this.replies.update(workspaceId, id, toUpdateQuickReplyInput(body), version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a quick reply',
    description: 'Deletes the quick reply. Messages that were sent with it are not affected.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.replies.delete(workspaceId, id, version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }
}
