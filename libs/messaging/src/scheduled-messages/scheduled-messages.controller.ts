import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  idsOrMe,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import {
  CreateScheduledMessageDto,
  ScheduledMessageDto,
  ScheduledMessageListQueryDto,
  toScheduledMessageChange,
  toScheduledMessageDto,
  UpdateScheduledMessageDto,
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
  @Operation({
    summary: 'List scheduled messages',
    description:
      'Drafts, what waits for its time, and what was sent or failed. The last made first, unless told otherwise.',
    access: 'conversations:read',
    answer: { list: ScheduledMessageDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: ScheduledMessageListQueryDto,
  ): Promise<ListBody<ScheduledMessageDto>> {
    const authors = idsOrMe('author_id', query.author_id, userId);
    const filter = { conversationId: query.conversation_id, status: query.status, authors, ...timeRangeOf(query) };
    const request = pageRequest(query, ['scheduled-messages', workspaceId, filter]);
    const page = await this.scheduled.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toScheduledMessageDto) });
  }

  @Post()
  @Operation({
    summary: 'Schedule a message',
    description:
      "Said in the caller's name when its time has come, if the conversation, or the one that it was merged into, is open or pending then; else it fails and tells why.",
    access: 'conversations:write',
    answer: { one: ScheduledMessageDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateScheduledMessageDto,
  ): Promise<One<ScheduledMessageDto>> {
    const defaults = {
      type: 'reply',
      body: '',
      contentType: 'text',
      attachmentIds: [],
      sendAt: null,
      status: 'pending',
    } as const;
    return one(
      toScheduledMessageDto(
        await this.scheduled.create(workspaceId, body.conversation_id, {
          ...defaults,
          ...toScheduledMessageChange(body),
        }),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a scheduled message',
    description: 'Once sent, `message_id` is what it has become; `error` says why it failed.',
    access: 'conversations:read',
    answer: { one: ScheduledMessageDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ScheduledMessageDto>> {
    return one(toScheduledMessageDto(await this.scheduled.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a scheduled message',
    description: 'Until it is sent. What has failed is pending again with its new time.',
    access: 'conversations:write',
    answer: { one: ScheduledMessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateScheduledMessageDto,
    @IfMatch() version: number | null,
  ): Promise<One<ScheduledMessageDto>> {
    return oneChanged(
      this.scheduled.update(workspaceId, id, toScheduledMessageChange(body), version),
      toScheduledMessageDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Take a scheduled message back',
    description: 'Nothing of it is left. What was sent cannot be taken back here, but as a message.',
    access: 'conversations:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.scheduled.delete(workspaceId, id, version), toScheduledMessageDto);
  }

  @Post(':id/send')
  @Operation({
    summary: 'Send a scheduled message now',
    description:
      'Whatever its time, and drafts too, in the name of who scheduled it. When it cannot be said it is refused and waits on as before.',
    access: 'conversations:write',
    answer: { one: ScheduledMessageDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async send(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ScheduledMessageDto>> {
    return one(toScheduledMessageDto(await this.sending.sendNow(workspaceId, id)));
  }
}
