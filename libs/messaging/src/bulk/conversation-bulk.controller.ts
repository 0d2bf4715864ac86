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

/** Many conversations at once. */
@ApiTags('Messaging')
@Controller('v1/conversations')
export class ConversationBulkController {
  constructor(
    private readonly bulk: ConversationBulkService,
    private readonly conversations: ConversationsService,
  ) {}

  @Post('filter')
  @Operation({
    summary: 'Filter conversations',
    description: 'By a rich filter; the most recently active first, unless told otherwise.',
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
    summary: 'Change many conversations',
    description:
      'Each on its own: what one refuses does not keep the others from it. Up to 500 are changed at once and told of one by one; more are left to a job (202).',
    access: 'conversations:write',
    response: { item: ConversationBulkDto, canBeAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: BulkUpdateConversationsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ConversationBulkDto>> {
    const run = await this.bulk.change(workspaceId, toBulkUpdateConversationsInput(body, userId));
    if (run.status === 'running') void reply.status(202);
    return toResponse(toBulkRunDto(run));
  }

  @Get('bulk/:id')
  @Operation({
    summary: 'Get a change of many conversations',
    description:
      'How far a job has come that `POST /v1/conversations/bulk` left the change to, and what could not be changed. Kept for 30 days.',
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
