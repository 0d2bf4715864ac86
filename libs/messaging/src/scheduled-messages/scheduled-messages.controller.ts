import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import {
  IdParam,
  parseUserIdFilter,
  IfMatch,
  toResponse,
  toUpdateResponse,
  Operation,
  type ItemResponse,
} from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import {
  CreateScheduledMessageDto,
  ScheduledMessageDto,
  ScheduledMessageListQueryDto,
  toUpdateScheduledMessageInput,
  UpdateScheduledMessageDto,
} from './dto/scheduled-message.dto.js';
import { ScheduledMessageMapper } from './scheduled-message-mapper.service.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';
import { ScheduledMessageSender } from './scheduled-message-sender.service.js';

/** Messages to be sent later. */
@ApiTags('Scheduled messages')
@Controller('v1/scheduled-messages')
export class ScheduledMessagesController {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesService,
    private readonly sender: ScheduledMessageSender,
    private readonly mapper: ScheduledMessageMapper,
  ) {}

  @Get()
  @Operation({
    summary: 'List scheduled messages',
    description:
      'Returns scheduled messages of all statuses. Sorted by `created_at`, newest first, unless ' +
      '`order_dir` is set.',
    access: 'conversations:read',
    response: { list: ScheduledMessageDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: ScheduledMessageListQueryDto,
  ): Promise<ListResponse<ScheduledMessageDto>> {
    const authors = parseUserIdFilter('author_id', query.author_id, userId);
    const filter = { conversationId: query.conversation_id, status: query.status, authors, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['scheduled-messages', workspaceId, filter]);
    const page = await this.scheduledMessages.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a scheduled message',
    description:
      "Schedules a message that is sent in the caller's name at `send_at`. If the conversation is " +
      'merged by then, it is sent in the merge target. If the conversation is not open or pending at ' +
      'that time, the status becomes `failed` and `error` is set.',
    access: 'conversations:write',
    response: { item: ScheduledMessageDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateScheduledMessageDto,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    const defaults = {
      type: 'reply',
      body: '',
      contentType: 'text',
      attachmentIds: [],
      sendAt: null,
      status: 'pending',
    } as const;
    return toResponse(
      await this.mapper.toDto(
        workspaceId,
        await this.scheduledMessages.create(workspaceId, body.conversation_id, {
          ...defaults,
          ...toUpdateScheduledMessageInput(body),
        }),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a scheduled message',
    description: 'Returns the scheduled message. `message_id` is set if it was sent, `error` if it failed.',
    access: 'conversations:read',
    response: { item: ScheduledMessageDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.scheduledMessages.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a scheduled message',
    description:
      'Updates a message that has not been sent. A failed message becomes `pending` again, which ' +
      'requires a future `send_at`, unless `status` is set to `draft`.',
    access: 'conversations:write',
    response: { item: ScheduledMessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateScheduledMessageDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    return toUpdateResponse(
      this.scheduledMessages.update(workspaceId, id, toUpdateScheduledMessageInput(body), version),
      (view) => this.mapper.toDto(workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a scheduled message',
    description: 'Deletes a message that has not been sent. To remove a sent message, delete the message itself.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.scheduledMessages.delete(workspaceId, id, version), (view) =>
      this.mapper.toDto(workspaceId, view),
    );
  }

  @Post(':id/send')
  @Operation({
    summary: 'Send a scheduled message now',
    description:
      'Sends the message in the name of its author, regardless of `send_at`; also sends drafts. ' +
      'Returns 422 if it cannot be sent; it then stays scheduled.',
    access: 'conversations:write',
    response: { item: ScheduledMessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async send(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.sender.sendNow(workspaceId, id)));
  }
}
