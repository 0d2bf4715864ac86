import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ContactAvatarsService } from '../avatars/contact-avatars.service.js';
import { ContactDto, toContactDto } from '../contacts/dto/contact.dto.js';
import { ContactExportsService } from '../exports/contact-exports.service.js';
import { ExportDto, toExportDto } from '../exports/dto/export.dto.js';
import { ContactEraser } from './contact-eraser.service.js';
import { ContactRestoreService } from './contact-restore.service.js';
import { EraseContactDto } from './dto/erase-contact.dto.js';

/** What people may ask of who keeps something about them. */
@ApiTags('Identity')
@Controller(['v1/contacts', 'v1/customer-profiles'])
export class ContactPrivacyController {
  constructor(
    private readonly exports: ContactExportsService,
    private readonly eraser: ContactEraser,
    private readonly restoreService: ContactRestoreService,
    private readonly avatars: ContactAvatarsService,
  ) {}

  @Post(':id/export')
  @Operation({
    summary: 'Export all that is known about a contact',
    description:
      'One JSON file, written in the background: the contact, those who were merged into them, notes, identities, blocks, conversations with their messages and files, and events. `GET /v1/contacts/exports/{id}` says when it is there.',
    access: 'contacts:read',
    response: { item: ExportDto, status: 202 },
    errors: ['NOT_FOUND'],
  })
  async export(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ExportDto>> {
    return toResponse(toExportDto(await this.exports.createForContact(workspaceId, id), null));
  }

  @Post(':id/erase')
  @Operation({
    summary: 'Erase a contact for good',
    description:
      'Takes out of everything that is kept who they were and what was said with them: the contact and those merged into them, notes, identities, blocks, what stands in their conversations, the files they sent, the event log, the audit trail, ' +
      'kept bodies of webhooks and of repeated calls. Conversations are closed and stay as empty shells, so that nobody waits in them and counts stay right. Files that the team sent stay in its library. This cannot be undone.',
    access: 'contacts:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async erase(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() { confirm }: EraseContactDto,
  ): Promise<void> {
    await this.eraser.erase(workspaceId, id, confirm);
  }

  @Post(':id/restore')
  @Operation({
    summary: 'Bring a deleted contact back',
    description:
      "Within 30 days of their deletion; after that they are erased. Addresses that are another contact's by now, and an uploaded picture, do not come back.",
    access: 'contacts:write',
    response: { item: ContactDto },
    errors: ['NOT_FOUND'],
  })
  async restore(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ContactDto>> {
    return toResponse(
      toContactDto(await this.restoreService.restore(workspaceId, id), (view) => this.avatars.buildUrl(view)),
    );
  }
}
