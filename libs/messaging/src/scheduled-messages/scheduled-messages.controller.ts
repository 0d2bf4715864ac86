import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, IfMatch, listBody, one, oneChanged, Operation, pageRequest, type ListBody, type One, type Principal } from '@parley/kernel';
import { idsOrMe } from '../conversations/dto/ids-or-words.js';
import { toTimeRanges } from '../lists/conditions.js';
import {
  CreateScheduledMessageDto, ScheduledMessageDto, ScheduledMessageListQueryDto, toScheduledMessageChange, toScheduledMessageDto, UpdateScheduledMessageDto,
} from './dto/scheduled-message.dto.js';
import { ScheduledMessagesService } from './scheduled-messages.service.js';
import { ScheduledSending } from './scheduled-sending.service.js';

/** What is to be said later. */
@ApiTags('Messaging')
@Controller('v1/scheduled-messages')
export class ScheduledMessagesController {
  constructor(
    private readonly scheduled: ScheduledMessagesService,
    private readonly sending: ScheduledSending,
  ) {}

  @Get()
  @Operation({ summary: 'List scheduled messages', description: 'The last made first.', access: 'conversations:read', answer: { list: ScheduledMessageDto } })
  async list(@CurrentPrincipal() { workspaceId, userId }: Principal, @Query() query: ScheduledMessageListQueryDto): Promise<ListBody<ScheduledMessageDto>> {
    const authors = idsOrMe('author_id', query.author_id, userId);
    const filter = { conversationId: query.conversation_id, status: query.status, authors, ...toTimeRanges(query) };
    const request = pageRequest(query, ['scheduled-messages', workspaceId, filter]);
    const page = await this.scheduled.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toScheduledMessageDto) });
  }

  @Post()
  @Operation({ summary: 'Schedule a message', description: 'Said in the caller\'s name when its time has come, if the conversation is open or pending then.', access: 'conversations:write', answer: { one: ScheduledMessageDto, status: 201 }, errors: ['UNPROCESSABLE'] })
  async create(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: CreateScheduledMessageDto): Promise<One<ScheduledMessageDto>> {
    const defaults = { type: 'reply', body: '', contentType: 'text', attachmentIds: [], sendAt: null, status: 'pending' } as const;
    return one(toScheduledMessageDto(await this.scheduled.create(workspaceId, body.conversation_id, { ...defaults, ...toScheduledMessageChange(body) })));
  }

  @Get(':id')
  @Operation({ summary: 'Get a scheduled message', access: 'conversations:read', answer: { one: ScheduledMessageDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ScheduledMessageDto>> {
    return one(toScheduledMessageDto(await this.scheduled.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({ summary: 'Change a scheduled message', description: 'Until it is sent. What has failed is pending again with its new time.', access: 'conversations:write', answer: { one: ScheduledMessageDto }, errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'] })
  async update(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @Body() body: UpdateScheduledMessageDto, @IfMatch() version: number | null): Promise<One<ScheduledMessageDto>> {
    return oneChanged(this.scheduled.update(workspaceId, id, toScheduledMessageChange(body), version), toScheduledMessageDto);
  }

  @Delete(':id')
  @Operation({ summary: 'Take a scheduled message back', description: 'Until it is sent.', access: 'conversations:write', answer: { empty: true }, errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'] })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string, @IfMatch() version: number | null): Promise<void> {
    await oneChanged(this.scheduled.delete(workspaceId, id, version), toScheduledMessageDto);
  }

  @Post(':id/send')
  @Operation({ summary: 'Send a scheduled message now', description: 'Whatever its time, and drafts too.', access: 'conversations:write', answer: { one: ScheduledMessageDto }, errors: ['NOT_FOUND', 'UNPROCESSABLE'] })
  async send(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ScheduledMessageDto>> {
    return one(toScheduledMessageDto(await this.sending.sendNow(workspaceId, id)));
  }
}
