import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toBulkRunDto } from '@parley/kernel/bulk';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { ContactBulkService } from './contact-bulk.service.js';
import { ContactBulkOperationDto, BulkUpdateContactsDto, toBulkUpdateContactsInput } from './dto/contact-bulk.dto.js';

@ApiTags('Contacts')
@Controller(['v1/contacts/bulk', 'v1/customer-profiles/bulk'])
export class ContactBulkController {
  constructor(private readonly bulk: ContactBulkService) {}

  @Post()
  @Operation({
    summary: 'Update contacts in bulk',
    description:
      'Updates up to 500 contacts immediately and returns the result of each one (200). Larger operations run ' +
      'as a job (202). A failed contact does not stop the others. Fails with 422 if none of the `ids` exists.',
    access: 'contact_bulk:write',
    response: { item: ContactBulkOperationDto, canBeAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async bulkUpdate(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: BulkUpdateContactsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemResponse<ContactBulkOperationDto>> {
    const operation = await this.bulk.start(
      workspaceId,
      body.ids ?? null,
      body.filter,
      toBulkUpdateContactsInput(body.update),
    );
    if (operation.status === 'running') void reply.status(202);
    return toResponse(toBulkRunDto(operation));
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
}
