import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { ContactNotesService } from './contact-notes.service.js';
import {
  ContactNoteDto,
  ContactNoteListQueryDto,
  toContactNoteDto,
  WriteContactNoteDto,
} from './dto/contact-note.dto.js';

/** What the team writes down about contacts. */
@ApiTags('Identity')
@Controller(['v1/contacts/:id/notes', 'v1/customer-profiles/:id/notes'])
export class ContactNotesController {
  constructor(private readonly notes: ContactNotesService) {}

  @Get()
  @Operation({
    summary: 'List the notes about a contact',
    description: 'Newest first, unless told otherwise.',
    access: 'contacts:read',
    response: { list: ContactNoteDto },
    errors: ['NOT_FOUND'],
  })
  async listNotes(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: ContactNoteListQueryDto,
  ): Promise<ListResponse<ContactNoteDto>> {
    const filter = { q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['contact-notes', workspaceId, id, filter]);
    const page = await this.notes.list(workspaceId, id, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toContactNoteDto) });
  }

  @Post()
  @Operation({
    summary: 'Write a note about a contact',
    access: 'contacts:write',
    response: { item: ContactNoteDto, status: 201 },
    errors: ['NOT_FOUND'],
    description:
      'For the team only: it is never shown to the contact. Whoever writes it is its author; notes go with the contact into merges, and are gone when they are erased.',
  })
  async addNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() { body }: WriteContactNoteDto,
  ): Promise<ItemResponse<ContactNoteDto>> {
    return toResponse(toContactNoteDto(await this.notes.add(workspaceId, id, body)));
  }

  @Patch(':note_id')
  @Operation({
    summary: 'Correct a note about a contact',
    description: 'Agents can correct their own; the event log keeps what it said before.',
    access: 'contacts:write',
    response: { item: ContactNoteDto },
    errors: ['NOT_FOUND'],
  })
  async updateNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('note_id', 'Id of the note.') noteId: string,
    @Body() { body }: WriteContactNoteDto,
  ): Promise<ItemResponse<ContactNoteDto>> {
    return toResponse(toContactNoteDto(await this.notes.update(workspaceId, id, noteId, body)));
  }

  @Delete(':note_id')
  @Operation({
    summary: 'Delete a note about a contact',
    description: 'Agents can delete their own; the event log keeps what it said.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('note_id', 'Id of the note.') noteId: string,
  ): Promise<void> {
    await this.notes.remove(workspaceId, id, noteId);
  }
}
