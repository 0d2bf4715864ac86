import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toBulkPreviewDto, toBulkRunDto } from '@parley/kernel/bulk';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import type { FastifyReply } from 'fastify';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import { ConversationBulkUndoService } from './conversation-bulk-undo.service.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import {
  ConversationBulkDto,
  ConversationBulkUpdateResultDto,
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
    private readonly undoService: ConversationBulkUndoService,
    private readonly conversations: ConversationsService,
    private readonly clock: Clock,
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
      'returns 202 and continues in a job. With `dry_run`, changes nothing and returns the number of conversations and ' +
      'a sample of the changes (200). `POST /v1/conversations/bulk/{id}/undo` restores the previous values.',
    access: 'conversations:write',
    response: { item: ConversationBulkUpdateResultDto, canBeAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: BulkUpdateConversationsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ConversationBulkUpdateResultDto>> {
    const input = toBulkUpdateConversationsInput(body, userId);
    if (body.dry_run)
      return toResponse(toBulkPreviewDto(await this.bulk.preview(workspaceId, input), this.clock.now()));
    const run = await this.bulk.update(workspaceId, input);
    if (run.status === 'running') void reply.status(202);
    return toResponse(toBulkPreviewDto(run, this.clock.now()));
  }

  @Post('bulk/:id/undo')
  @Operation({
    summary: 'Undo a bulk update',
    description:
      'Restores the previous values of the conversations that the bulk update changed and returns the run that does ' +
      'it: up to 500 conversations at once (200), more in a job (202). Only fields that still have the value of the ' +
      'bulk update are restored; added tags are removed and removed tags are added, other tags stay. The previous ' +
      'status is restored from any status; a snooze that would have ended becomes `open`. Conversations that have ' +
      'been merged since, or whose fields have all changed, are skipped and counted in `skipped`; the `error` of a ' +
      'result names the fields that were left. Another call returns the same run, and continues it if its job has failed. Returns 403 if it changed ' +
      'conversations that you cannot see, 409 while the bulk update is running, and 422 for an undo. Possible for 30 days.',
    access: 'conversations:write',
    response: { item: ConversationBulkDto, canBeAccepted: true, status: 200 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
  })
  async undo(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ConversationBulkDto>> {
    const run = await this.undoService.undo(workspaceId, id);
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
