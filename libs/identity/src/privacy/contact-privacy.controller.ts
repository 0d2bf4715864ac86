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

/** Data protection requests of contacts. */
@ApiTags('Contact privacy')
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
    summary: "Export a contact's data",
    description:
      'Writes one JSON file in the background. It contains the contact, the contacts merged into it, notes, ' +
      'identities, blocks, conversations with their messages and files, and events. Get the status and the ' +
      'URL of the file with `GET /v1/contacts/exports/{id}`.',
    access: 'contact_exports:write',
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
    summary: 'Erase a contact',
    description:
      'Permanently removes the personal data of the contact and of the contacts merged into it: notes, ' +
      'identities, blocks, contents of their conversations, files they sent, and their data in the event log, ' +
      'the audit trail, stored webhook bodies and stored idempotent responses. Conversations are closed and ' +
      'kept without content, so that counts stay correct. Files sent by the team stay in its file library. ' +
      'Expires all export files of the workspace. Cannot be undone.',
    access: 'contact_erasure:write',
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
    summary: 'Restore a deleted contact',
    description:
      'Possible within 30 days after the deletion; after that, the contact is erased. An identifier and ' +
      'e-mails that another contact uses by now and an uploaded avatar are not restored. Returns a ' +
      'live contact unchanged.',
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
