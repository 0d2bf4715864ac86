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
import { MessageCreator } from '../messages/message-creator.service.js';
import { MessagesService } from '../messages/messages.service.js';
import {
  ConversationNoteDto,
  ConversationNoteListQueryDto,
  CreateConversationNoteDto,
  toConversationNoteDto,
  UpdateConversationNoteDto,
} from './dto/conversation-note.dto.js';

/** Internal notes: the messages of type `note`. */
@ApiTags('Conversation notes')
@Controller('v1/conversation-notes')
export class ConversationNotesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly creator: MessageCreator,
    private readonly files: FilesService,
  ) {}

  @Get()
  @Operation({
    summary: 'List notes',
    description:
      'Returns the notes of all conversations, or of one with `conversation_id`, without deleted ones. ' +
      'Sorted by `created_at`, newest first, unless `order_dir` is set.',
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
    summary: 'Create a note',
    description: 'Adds an internal note to a conversation. Mentioned users become participants of the conversation.',
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
    const note = await this.creator.create(workspaceId, conversationId, {
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
    description: 'Returns the message of type `note` with this ID. Returns 404 for other messages and deleted notes.',
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
    summary: 'Update a note',
    description:
      'Replaces the text of a note. Agents can only update their own notes. The previous text remains ' +
      'in the event log.',
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
      'Replaces the note with a tombstone. Its original content remains in the event log. Agents can ' +
      'only delete their own notes.',
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
