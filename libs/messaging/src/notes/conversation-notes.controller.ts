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
    answer: { list: ConversationNoteDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Query() query: ConversationNoteListQueryDto,
  ): Promise<ListBody<ConversationNoteDto>> {
    const filter = {
      types: ['note'],
      kept: true,
      conversationId: query.conversation_id,
      mentions: idsOrMe('mention', query.mention, userId),
      ...timeRangeOf(query),
    };
    const request = pageRequest(query, ['notes', workspaceId, filter]);
    const page = await this.messages.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map((note) => this.shown(note)) });
  }

  @Post()
  @Operation({
    summary: 'Write a note',
    description: 'Whoever it mentions follows the conversation from then on.',
    access: 'conversations:write',
    answer: { one: ConversationNoteDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateConversationNoteDto,
  ): Promise<One<ConversationNoteDto>> {
    const {
      conversation_id: conversationId,
      body: words,
      author,
      mention_ids: mentionIds,
      attachment_ids: fileIds,
    } = body;
    const note = await this.messages.create(workspaceId, conversationId, {
      type: 'note',
      body: words,
      author: author ?? undefined,
      mentionIds,
      fileIds,
    });
    return one(this.shown(note));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a note',
    description: 'The same as the message of type `note` with that id; what is no note, or was deleted, is not found.',
    access: 'conversations:read',
    answer: { one: ConversationNoteDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ConversationNoteDto>> {
    return one(this.shown(await this.messages.getNote(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Correct a note',
    description: 'Agents can correct their own; the event log keeps what it said before.',
    access: 'conversations:write',
    answer: { one: ConversationNoteDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateConversationNoteDto,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationNoteDto>> {
    return oneChanged(
      this.messages.edit(workspaceId, id, { body: body.body, mentionIds: body.mention_ids }, version, 'note'),
      (note) => this.shown(note),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a note',
    description:
      'Its words go, its place in the thread stays; the event log keeps what it said. Agents can delete their own.',
    access: 'conversations:write',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await oneChanged(this.messages.delete(workspaceId, id, version, 'note'), (note) => this.shown(note));
  }

  private shown(note: MessageView): ConversationNoteDto {
    return toConversationNoteDto(note, (fileId) => this.files.linkTo(fileId));
  }
}
