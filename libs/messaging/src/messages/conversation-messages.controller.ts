import { Body, Controller, Get, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FilesService } from '../files/files.service.js';
import { ConversationMessagesQueryDto, toMessagesFilter } from './dto/message-list-query.dto.js';
import { MessageDto, toMessageDto } from './dto/message.dto.js';
import { CreateMessageDto, toCreateMessageInput } from './dto/create-message.dto.js';
import { AttachUploadsInterceptor } from './attach-uploads.interceptor.js';
import { MessageCreator } from './message-creator.service.js';
import { MessagesService } from './messages.service.js';

/** Messages of one conversation. */
@ApiTags('Messages')
@Controller('v1/conversations/:id/messages')
export class ConversationMessagesController {
  private readonly buildFileUrl = (fileId: string): string => this.files.buildUrl(fileId);

  constructor(
    private readonly messages: MessagesService,
    private readonly creator: MessageCreator,
    private readonly conversations: ConversationsService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: "List a conversation's messages",
    description:
      'Returns all messages of the conversation, including notes. Deleted messages are returned with ' +
      'an empty `body` and `deleted_at` set. Sorted by `created_at`, oldest first, unless `order_dir` ' +
      'is set.',
    access: 'conversations:read',
    response: { list: MessageDto },
    errors: ['NOT_FOUND'],
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: ConversationMessagesQueryDto,
  ): Promise<ListResponse<MessageDto>> {
    const filter = toMessagesFilter(query, id);
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'messages',
      workspaceId,
      filter,
    ]);
    const page = await this.messages.list(workspaceId, filter, request);
    // A conversation with messages exists; only an empty result requires the lookup.
    if (page.total?.value === 0) await this.conversations.get(workspaceId, id);
    return toListResponse(request, {
      ...page,
      items: page.items.map((message) => toMessageDto(message, this.buildFileUrl, query.images)),
    });
  }

  @Post()
  @Operation({
    summary: 'Create a message in a conversation',
    description:
      'Creates a `reply` to the customer, unless `type` is set. If the conversation is merged into ' +
      'another, the message is added to that conversation. A reply by a user marks the conversation as read by them. Accepts JSON, or `multipart/form-data` with ' +
      'files in `attachments[]`.',
    access: 'conversations:write',
    response: { item: MessageDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PAYLOAD_TOO_LARGE'],
    files: 'attachments[]',
  })
  @UseInterceptors(AttachUploadsInterceptor)
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: CreateMessageDto,
  ): Promise<ItemResponse<MessageDto>> {
    const message = await this.creator.create(workspaceId, id, toCreateMessageInput(body, { defaultType: 'reply' }));
    return toResponse(toMessageDto(message, this.buildFileUrl));
  }
}
