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
import { FilesService } from '../files/files.service.js';
import type { MessageView } from '../messages/message.view.js';
import { MessagesService } from '../messages/messages.service.js';
import {
  ConversationNoteDto,
  ConversationNoteListQueryDto,
  CreateConversationNoteDto,
  toConversationNoteDto,
  UpdateConversationNoteDto,
} from './dto/conversation-note.dto.js';

/** Notes of the team: messages of type `note`, apart from the rest of the thread. */
@ApiTags('Messaging')
@Controller('v1/conversation-notes')
export class ConversationNotesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List notes',
    description:
      'Of all conversations or of one, without those that were deleted. Newest first, unless told otherwise.',
    access: 'conversations:read',
    response: { list: ConversationNoteDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: ConversationNoteListQueryDto,
  ): Promise<ListResponse<ConversationNoteDto>> {
    const filter = {
      types: ['note'],
      excludeDeleted: true,
      conversationId: query.conversation_id,
      mentions: parseUserIdFilter('mention', query.mention, userId),
      ...toTimeRange(query),
    };
    const request = parsePageRequest(query, ['notes', workspaceId, filter]);
    const page = await this.messages.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map((note) => this.toDto(note)) });
  }

  @Post()
  @Operation({
    summary: 'Write a note',
    description: 'Whoever it mentions follows the conversation from then on.',
    access: 'conversations:write',
    response: { item: ConversationNoteDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateConversationNoteDto,
  ): Promise<ItemResponse<ConversationNoteDto>> {
    const {
      conversation_id: conversationId,
      body: text,
      author,
      mention_ids: mentionIds,
      attachment_ids: fileIds,
    } = body;
    const note = await this.messages.create(workspaceId, conversationId, {
      type: 'note',
      body: text,
      author: author ?? undefined,
      mentionIds,
      fileIds,
    });
    return toResponse(this.toDto(note));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a note',
    description: 'The same as the message of type `note` with that id; what is no note, or was deleted, is not found.',
    access: 'conversations:read',
    response: { item: ConversationNoteDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ConversationNoteDto>> {
    return toResponse(this.toDto(await this.messages.getNote(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Correct a note',
    description: 'Agents can correct their own; the event log keeps what it said before.',
    access: 'conversations:write',
    response: { item: ConversationNoteDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateConversationNoteDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationNoteDto>> {
    return toUpdateResponse(
      this.messages.update(workspaceId, id, { body: body.body, mentionIds: body.mention_ids }, version, 'note'),
      (note) => this.toDto(note),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a note',
    description:
      'Its words go, its place in the thread stays; the event log keeps what it said. Agents can delete their own.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.messages.delete(workspaceId, id, version, 'note'), (note) => this.toDto(note));
  }

  private toDto(note: MessageView): ConversationNoteDto {
    return toConversationNoteDto(note, (fileId) => this.files.buildUrl(fileId));
  }
}
