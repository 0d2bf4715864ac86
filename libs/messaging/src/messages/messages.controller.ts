import { Body, Controller, Delete, Get, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { FilesService } from '../files/files.service.js';
import { MessageListQueryDto, MessageQueryDto, toMessagesFilter } from './dto/message-list-query.dto.js';
import { MessageDto, toMessageDto } from './dto/message.dto.js';
import {
  MessageStatusDto,
  CreateMessageInConversationDto,
  toCreateMessageInput,
  UpdateMessageDto,
} from './dto/create-message.dto.js';
import { RICH_CONTENT } from './dto/rich-content.dto.js';
import { MessageDeliveryService } from './message-delivery.service.js';
import { AttachUploadsInterceptor } from './attach-uploads.interceptor.js';
import { MessageCreator } from './message-creator.service.js';
import { MessagesService } from './messages.service.js';

/** Messages of conversations. */
@ApiTags('Messages')
@ApiExtraModels(...Object.values(RICH_CONTENT))
@Controller('v1/messages')
export class MessagesController {
  private readonly buildFileUrl = (fileId: string): string => this.files.buildUrl(fileId);

  constructor(
    private readonly messages: MessagesService,
    private readonly creator: MessageCreator,
    private readonly delivery: MessageDeliveryService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List messages',
    description:
      'Returns the messages of all conversations, or of one with `conversation_id`, including notes. ' +
      'Sorted by `created_at`, newest first, unless `order_dir` is set.',
    access: 'conversations:read',
    response: { list: MessageDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: MessageListQueryDto,
  ): Promise<ListResponse<MessageDto>> {
    const filter = toMessagesFilter(query, query.conversation_id);
    const request = parsePageRequest(query, ['messages', workspaceId, filter]);
    const page = await this.messages.list(workspaceId, filter, request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((message) => toMessageDto(message, this.buildFileUrl, query.images)),
    });
  }

  @Post()
  @Operation({
    summary: 'Create a message',
    description:
      'Creates a `reply` to the customer in the given conversation, unless `type` is set. Accepts ' +
      'JSON, or `multipart/form-data` with files in `attachments[]`.',
    access: 'conversations:write',
    response: { item: MessageDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PAYLOAD_TOO_LARGE'],
    files: 'attachments[]',
  })
  @UseInterceptors(AttachUploadsInterceptor)
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateMessageInConversationDto,
  ): Promise<ItemResponse<MessageDto>> {
    const message = await this.creator.create(
      workspaceId,
      body.conversation_id,
      toCreateMessageInput(body, { defaultType: 'reply' }),
    );
    return toResponse(toMessageDto(message, this.buildFileUrl));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a message',
    description:
      'Returns the message with new links to its files, which expire after about a day. A deleted ' +
      'message is returned with an empty `body` and `deleted_at` set.',
    access: 'conversations:read',
    response: { item: MessageDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() { images }: MessageQueryDto,
  ): Promise<ItemResponse<MessageDto>> {
    return toResponse(toMessageDto(await this.messages.get(workspaceId, id), this.buildFileUrl, images));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a message',
    description:
      'Replaces the text of a reply or note. Agents can only update their own messages. The previous ' +
      'text remains in the event log.',
    access: 'conversations:write',
    response: { item: MessageDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateMessageDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<MessageDto>> {
    return toUpdateResponse(
      this.messages.update(workspaceId, id, { body: body.body, bodyHtml: body.body_html }, version),
      (message) => toMessageDto(message, this.buildFileUrl),
    );
  }

  @Post(':id/status')
  @Operation({
    summary: 'Report a delivery status',
    description:
      'Records the delivery status of a reply; used by channels. Reports can arrive repeatedly and in any order.',
    access: 'conversations:write',
    response: { item: MessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async reportStatus(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: MessageStatusDto,
  ): Promise<ItemResponse<MessageDto>> {
    return toResponse(
      toMessageDto(
        await this.delivery.reportStatus(workspaceId, id, body.status, body.error ?? null),
        this.buildFileUrl,
      ),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a message',
    description:
      'Replaces the message with a tombstone. Its original content remains in the event log. A customer ' +
      'message no longer counts in `unread_count` and `waiting_since`. Agents can only delete their own messages.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.messages.delete(workspaceId, id, null);
  }
}
