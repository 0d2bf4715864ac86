import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  toBulkRunDto,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import type { FastifyReply } from 'fastify';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import { BulkChanges } from './bulk-changes.service.js';
import { ConversationBulkDto, BulkConversationsDto, toWantedBulkChange } from './dto/bulk-change.dto.js';
import { FilterConversationsDto } from './dto/filter-conversations.dto.js';

/** Many conversations at once. */
@ApiTags('Messaging')
@Controller('v1/conversations')
export class ConversationBulkController {
  constructor(
    private readonly bulk: BulkChanges,
    private readonly conversations: ConversationsService,
  ) {}

  @Post('filter')
  @Operation({
    summary: 'Filter conversations',
    description: 'By a rich filter; the most recently active first, unless told otherwise.',
    access: 'conversations:read',
    answer: { list: ConversationDto },
  })
  async filter(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() { filter, order_by: orderBy = 'last_activity_at', cursor, ...page }: FilterConversationsDto,
  ): Promise<ListBody<ConversationDto>> {
    const request = pageRequest({ ...page, cursor: cursor ?? undefined }, [
      'filtered-conversations',
      workspaceId,
      userId,
      filter,
      orderBy,
    ]);
    const found = await this.conversations.filter(workspaceId, filter, userId, orderBy, request);
    return listBody(request, { ...found, items: found.items.map(toConversationDto) });
  }

  @Post('bulk')
  @Operation({
    summary: 'Change many conversations',
    description:
      'Each on its own: what one refuses does not keep the others from it. Up to 500 are changed at once and told of one by one; more are left to a job (202).',
    access: 'conversations:write',
    answer: { one: ConversationBulkDto, orAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async change(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: BulkConversationsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<One<ConversationBulkDto>> {
    const change = await this.bulk.change(workspaceId, toWantedBulkChange(body, userId));
    if (change.status === 'running') void reply.status(202);
    return one(toBulkRunDto(change));
  }

  @Get('bulk/:id')
  @Operation({
    summary: 'Get a change of many conversations',
    description:
      'How far a job has come that `POST /v1/conversations/bulk` left the change to, and what could not be changed. Kept for 30 days.',
    access: 'conversations:read',
    answer: { one: ConversationBulkDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ConversationBulkDto>> {
    return one(toBulkRunDto(await this.bulk.get(workspaceId, id)));
  }
}
