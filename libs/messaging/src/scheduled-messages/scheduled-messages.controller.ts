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
  toScheduledMessageDto,
  UpdateScheduledMessageDto,
} from './dto/scheduled-message.dto.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';
import { ScheduledMessageSender } from './scheduled-message-sender.service.js';

/** What is to be said later. */
@ApiTags('Messaging')
@Controller('v1/scheduled-messages')
export class ScheduledMessagesController {
  constructor(
    private readonly scheduledMessages: ScheduledMessagesService,
    private readonly sender: ScheduledMessageSender,
  ) {}

  @Get()
  @Operation({
    summary: 'List scheduled messages',
    description:
      'Drafts, what waits for its time, and what was sent or failed. The last made first, unless told otherwise.',
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
    return toListResponse(request, { ...page, items: page.items.map(toScheduledMessageDto) });
  }

  @Post()
  @Operation({
    summary: 'Schedule a message',
    description:
      "Said in the caller's name when its time has come, if the conversation, or the one that it was merged into, is open or pending then; else it fails and tells why.",
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
      toScheduledMessageDto(
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
    description: 'Once sent, `message_id` is what it has become; `error` says why it failed.',
    access: 'conversations:read',
    response: { item: ScheduledMessageDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    return toResponse(toScheduledMessageDto(await this.scheduledMessages.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a scheduled message',
    description: 'Until it is sent. What has failed is pending again with its new time.',
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
      toScheduledMessageDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Take a scheduled message back',
    description: 'Nothing of it is left. What was sent cannot be taken back here, but as a message.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.scheduledMessages.delete(workspaceId, id, version), toScheduledMessageDto);
  }

  @Post(':id/send')
  @Operation({
    summary: 'Send a scheduled message now',
    description:
      'Whatever its time, and drafts too, in the name of who scheduled it. When it cannot be said it is refused and waits on as before.',
    access: 'conversations:write',
    response: { item: ScheduledMessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async send(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ScheduledMessageDto>> {
    return toResponse(toScheduledMessageDto(await this.sender.sendNow(workspaceId, id)));
  }
}
