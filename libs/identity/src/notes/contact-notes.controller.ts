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

@ApiTags('Contact notes')
@Controller(['v1/contacts/:id/notes', 'v1/customer-profiles/:id/notes'])
export class ContactNotesController {
  constructor(private readonly notes: ContactNotesService) {}

  @Get()
  @Operation({
    summary: "List a contact's notes",
    description: 'Returns notes, newest first by default.',
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
    summary: 'Create a contact note',
    access: 'contacts:write',
    response: { item: ContactNoteDto, status: 201 },
    errors: ['NOT_FOUND'],
    description:
      'Notes are visible to the team only, never to the contact. The caller is the author. When contacts are ' +
      'merged, their notes move to the remaining contact. Erasing a contact deletes its notes.',
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
    summary: 'Update a contact note',
    description:
      'Agents can update only their own notes (403 otherwise); owners, admins and service keys can update all ' +
      'notes. The previous text remains in the event log.',
    access: 'contacts:write',
    response: { item: ContactNoteDto },
    errors: ['NOT_FOUND'],
  })
  async updateNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('note_id', 'Note ID.') noteId: string,
    @Body() { body }: WriteContactNoteDto,
  ): Promise<ItemResponse<ContactNoteDto>> {
    return toResponse(toContactNoteDto(await this.notes.update(workspaceId, id, noteId, body)));
  }

  @Delete(':note_id')
  @Operation({
    summary: 'Delete a contact note',
    description:
      'Agents can delete only their own notes (403 otherwise); owners, admins and service keys can delete all ' +
      'notes. The text remains in the event log.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async removeNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('note_id', 'Note ID.') noteId: string,
  ): Promise<void> {
    await this.notes.remove(workspaceId, id, noteId);
  }
}
