import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toBulkRunDto } from '@parley/kernel/bulk';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import type { FastifyReply } from 'fastify';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import {
  ConversationBulkDto,
  BulkUpdateConversationsDto,
  toBulkUpdateConversationsInput,
} from './dto/conversation-bulk.dto.js';
import { FilterConversationsDto } from './dto/filter-conversations.dto.js';

/** Filtering and updating many conversations. */
@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationBulkController {
  constructor(
    private readonly bulk: ConversationBulkService,
    private readonly conversations: ConversationsService,
  ) {}

  @Post('filter')
  @Operation({
    summary: 'Filter conversations',
    description:
      'Lists the conversations that match a rich filter. Sorted by `last_activity_at`, most recent ' +
      'first, unless `order_by` and `order_dir` are set.',
    access: 'conversations:read',
    response: { list: ConversationDto },
  })
  async filter(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() { filter, order_by: orderBy = 'last_activity_at', cursor, ...page }: FilterConversationsDto,
  ): Promise<ListResponse<ConversationDto>> {
    const request = parsePageRequest({ ...page, cursor: cursor ?? undefined }, [
      'filtered-conversations',
      workspaceId,
      userId,
      filter,
      orderBy,
    ]);
    const found = await this.conversations.filter(workspaceId, filter, userId, orderBy, request);
    return toListResponse(request, { ...found, items: found.items.map(toConversationDto) });
  }

  @Post('bulk')
  @Operation({
    summary: 'Update conversations in bulk',
    description:
      'Updates each conversation independently; a failed update does not affect the others. ' +
      'Updates up to 500 conversations at once and returns a result for each. For more than 500, ' +
      'returns 202 and continues in a job.',
    access: 'conversations:write',
    response: { item: ConversationBulkDto, canBeAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: BulkUpdateConversationsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ConversationBulkDto>> {
    const run = await this.bulk.update(workspaceId, toBulkUpdateConversationsInput(body, userId));
    if (run.status === 'running') void reply.status(202);
    return toResponse(toBulkRunDto(run));
  }

  @Get('bulk/:id')
  @Operation({
    summary: 'Get a bulk update',
    description:
      'Returns the progress of a bulk update started with `POST /v1/conversations/bulk`, and the ' +
      'conversations that could not be updated. Kept for 30 days.',
    access: 'conversations:read',
    response: { item: ConversationBulkDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ConversationBulkDto>> {
    return toResponse(toBulkRunDto(await this.bulk.get(workspaceId, id)));
  }
}
