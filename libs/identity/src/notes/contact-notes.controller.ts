import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { ContactNotes } from './contact-notes.service.js';
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
  constructor(private readonly notes: ContactNotes) {}

  @Get()
  @Operation({
    summary: 'List the notes about a contact',
    description: 'Newest first, unless told otherwise.',
    access: 'contacts:read',
    answer: { list: ContactNoteDto },
    errors: ['NOT_FOUND'],
  })
  async listNotes(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: ContactNoteListQueryDto,
  ): Promise<ListBody<ContactNoteDto>> {
    const filter = { q: query.q, ...timeRangeOf(query) };
    const request = pageRequest(query, ['contact-notes', workspaceId, id, filter]);
    const page = await this.notes.list(workspaceId, id, filter, request);
    return listBody(request, { ...page, items: page.items.map(toContactNoteDto) });
  }

  @Post()
  @Operation({
    summary: 'Write a note about a contact',
    access: 'contacts:write',
    answer: { one: ContactNoteDto, status: 201 },
    errors: ['NOT_FOUND'],
    description:
      'For the team only: it is never shown to the contact. Whoever writes it is its author; notes go with the contact into merges, and are gone when they are erased.',
  })
  async addNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() { body }: WriteContactNoteDto,
  ): Promise<One<ContactNoteDto>> {
    return one(toContactNoteDto(await this.notes.add(workspaceId, id, body)));
  }

  @Patch(':note_id')
  @Operation({
    summary: 'Correct a note about a contact',
    description: 'Agents can correct their own; the event log keeps what it said before.',
    access: 'contacts:write',
    answer: { one: ContactNoteDto },
    errors: ['NOT_FOUND'],
  })
  async editNote(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('note_id', 'Id of the note.') noteId: string,
    @Body() { body }: WriteContactNoteDto,
  ): Promise<One<ContactNoteDto>> {
    return one(toContactNoteDto(await this.notes.edit(workspaceId, id, noteId, body)));
  }

  @Delete(':note_id')
  @Operation({
    summary: 'Delete a note about a contact',
    description: 'Agents can delete their own; the event log keeps what it said.',
    access: 'contacts:write',
    answer: { empty: true },
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
