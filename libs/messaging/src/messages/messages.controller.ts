import { Body, Controller, Delete, Get, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiExtraModels, ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { FilesService } from '../files/files.service.js';
import { MessageListQueryDto, toMessagesFilter } from './dto/message-list-query.dto.js';
import { MessageDto, toMessageDto } from './dto/message.dto.js';
import { MessageStatusDto, NewMessageInDto, UpdateMessageDto } from './dto/new-message.dto.js';
import { RICH_CONTENT } from './dto/rich-content.dto.js';
import { MessageDeliveries } from './message-deliveries.service.js';
import { MessagePostings } from './message-postings.service.js';
import { MessagesService } from './messages.service.js';

/** What is said in conversations. */
@ApiTags('Messaging')
@ApiExtraModels(...Object.values(RICH_CONTENT))
@Controller('v1/messages')
export class MessagesController {
  private readonly linkTo = (fileId: string): string => this.files.linkTo(fileId);

  constructor(
    private readonly messages: MessagesService,
    private readonly postings: MessagePostings,
    private readonly deliveries: MessageDeliveries,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List messages',
    description: 'Of all conversations or of one, notes of the team among them. Newest first, unless told otherwise.',
    access: 'conversations:read',
    answer: { list: MessageDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: MessageListQueryDto,
  ): Promise<ListBody<MessageDto>> {
    const filter = toMessagesFilter(query, query.conversation_id);
    const request = pageRequest(query, ['messages', workspaceId, filter]);
    const page = await this.messages.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map((message) => toMessageDto(message, this.linkTo)) });
  }

  @Post()
  @Operation({
    summary: 'Say something',
    description:
      'In the conversation that is named: a `reply` to the customer unless `type` says otherwise. As JSON, or as `multipart/form-data` with files in `attachments[]`.',
    access: 'conversations:write',
    answer: { one: MessageDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE', 'PAYLOAD_TOO_LARGE'],
    files: 'attachments[]',
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: NewMessageInDto,
    @Req() request: FastifyRequest,
  ): Promise<One<MessageDto>> {
    return one(toMessageDto(await this.postings.post(workspaceId, body.conversation_id, body, request), this.linkTo));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a message',
    description:
      'Links to its files are fresh and work for about a day. Of one that was taken back only the place is left.',
    access: 'conversations:read',
    answer: { one: MessageDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<MessageDto>> {
    return one(toMessageDto(await this.messages.get(workspaceId, id), this.linkTo));
  }

  @Patch(':id')
  @Operation({
    summary: 'Correct a message',
    description: 'Replies and notes only. Agents can correct their own; the event log keeps what it said before.',
    access: 'conversations:write',
    answer: { one: MessageDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateMessageDto,
    @IfMatch() version: number | null,
  ): Promise<One<MessageDto>> {
    return oneChanged(
      this.messages.edit(workspaceId, id, { body: body.body, bodyHtml: body.body_html }, version),
      (message) => toMessageDto(message, this.linkTo),
    );
  }

  @Post(':id/status')
  @Operation({
    summary: 'Report the delivery of a message',
    description:
      'For channels: how far a reply has come on its way to the customer. Reports may come twice and in any order.',
    access: 'conversations:write',
    answer: { one: MessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async report(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: MessageStatusDto,
  ): Promise<One<MessageDto>> {
    return one(
      toMessageDto(await this.deliveries.report(workspaceId, id, body.status, body.error ?? null), this.linkTo),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Take a message back',
    description: 'Its place stays, its words go; the event log keeps them.',
    access: 'conversations:write',
    answer: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.messages.delete(workspaceId, id, null);
  }
}
