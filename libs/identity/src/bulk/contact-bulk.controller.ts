import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toBulkPreviewDto, toBulkRunDto } from '@parley/kernel/bulk';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { ContactBulkUndoService } from './contact-bulk-undo.service.js';
import { ContactBulkService } from './contact-bulk.service.js';
import {
  ContactBulkOperationDto,
  ContactBulkUpdateResultDto,
  BulkUpdateContactsDto,
  toBulkUpdateContactsInput,
} from './dto/contact-bulk.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/bulk', 'v1/customer-profiles/bulk'])
export class ContactBulkController {
  constructor(
    private readonly bulk: ContactBulkService,
    private readonly undoService: ContactBulkUndoService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Operation({
    summary: 'Update contacts in bulk',
    description:
      'Updates up to 500 contacts immediately and returns the result of each one (200). Larger operations run ' +
      'as a job (202). A failed contact does not stop the others. With `dry_run`, changes nothing and returns the ' +
      'number of contacts and a sample of the changes (200). `POST /v1/contacts/bulk/{bulk_id}/undo` restores the ' +
      'previous values. Fails with 422 if none of the `ids` exists.',
    access: 'contact_bulk:write',
    response: { item: ContactBulkUpdateResultDto, canBeAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async bulkUpdate(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: BulkUpdateContactsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ContactBulkUpdateResultDto>> {
    const selection = { ids: body.ids ?? null, filter: body.filter };
    const change = toBulkUpdateContactsInput(body.update);
    if (body.dry_run)
      return toResponse(toBulkPreviewDto(await this.bulk.preview(workspaceId, selection, change), this.clock.now()));
    const operation = await this.bulk.start(workspaceId, selection, change);
    if (operation.status === 'running') void reply.status(202);
    return toResponse(toBulkPreviewDto(operation, this.clock.now()));
  }

  @Get(':bulk_id')
  @Operation({
    summary: 'Get a contact bulk update',
    access: 'contact_bulk:read',
    response: { item: ContactBulkOperationDto },
    errors: ['NOT_FOUND'],
    description: 'Returns the progress of the operation and the first failures. Operations are deleted after 30 days.',
  })
  async getBulkUpdate(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('bulk_id', 'Bulk operation ID.') id: string,
  ): Promise<ItemResponse<ContactBulkOperationDto>> {
    return toResponse(toBulkRunDto(await this.bulk.get(workspaceId, id)));
  }

  @Post(':bulk_id/undo')
  @Operation({
    summary: 'Undo a contact bulk update',
    description:
      'Restores the previous values of the contacts that the bulk update changed and returns the run that does it: ' +
      'up to 500 contacts immediately (200), more as a job (202). Only fields that still have the value of the bulk ' +
      'update are restored; added tags are removed and removed tags are added, other tags stay. Contacts that have ' +
      'been changed, merged or deleted since are skipped and counted in `skipped`. Another call returns the same ' +
      'run, and continues it if its job has failed. Fails with 409 while the bulk update is running, and with 422 for an undo. Possible for 30 days.',
    access: 'contact_bulk:write',
    response: { item: ContactBulkOperationDto, canBeAccepted: true, status: 200 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
  })
  async undoBulkUpdate(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('bulk_id', 'Bulk operation ID.') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ContactBulkOperationDto>> {
    const run = await this.undoService.undo(workspaceId, id);
    if (run.status === 'running') void reply.status(202);
    return toResponse(toBulkRunDto(run));
  }
}
