import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import type { FastifyRequest } from 'fastify';
import { ConversationsService } from '../conversations/conversations.service.js';
import { FilesService } from '../files/files.service.js';
import { ConversationMessagesQueryDto, toMessagesFilter } from './dto/message-list-query.dto.js';
import { MessageDto, toMessageDto } from './dto/message.dto.js';
import { CreateMessageDto } from './dto/create-message.dto.js';
import { MessageUploadsService } from './message-uploads.service.js';
import { MessagesService } from './messages.service.js';

/** The thread of one conversation. */
@ApiTags('Messaging')
@Controller('v1/conversations/:id/messages')
export class ConversationMessagesController {
  private readonly buildFileUrl = (fileId: string): string => this.files.buildUrl(fileId);

  constructor(
    private readonly messages: MessagesService,
    private readonly uploads: MessageUploadsService,
    private readonly conversations: ConversationsService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List the messages of a conversation',
    description:
      'Everything in the thread, notes of the team among it, and the places of what was taken back. Oldest first, unless told otherwise.',
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
    // A thread that has messages exists; only an empty one has to be looked up.
    if (page.total.value === 0) await this.conversations.get(workspaceId, id);
    return toListResponse(request, {
      ...page,
      items: page.items.map((message) => toMessageDto(message, this.buildFileUrl)),
    });
  }

  @Post()
  @Operation({
    summary: 'Say something in a conversation',
    description:
      'A `reply` to the customer unless `type` says otherwise; in one that was merged it goes to where that goes on. As JSON, or as `multipart/form-data` with files in `attachments[]`.',
    access: 'conversations:write',
    response: { item: MessageDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PAYLOAD_TOO_LARGE'],
    files: 'attachments[]',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: CreateMessageDto,
    @Req() request: FastifyRequest,
  ): Promise<ItemResponse<MessageDto>> {
    return toResponse(
      toMessageDto(await this.uploads.createMessage(workspaceId, id, body, request), this.buildFileUrl),
    );
  }
}
