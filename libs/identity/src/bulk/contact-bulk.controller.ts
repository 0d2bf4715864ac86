import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toBulkRunDto } from '@parley/kernel/bulk';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import type { FastifyReply } from 'fastify';
import { ContactBulkService } from './contact-bulk.service.js';
import { ContactBulkOperationDto, BulkUpdateContactsDto, toBulkUpdateContactsInput } from './dto/contact-bulk.dto.js';

/** Changes of many contacts at once. */
@ApiTags('Identity')
@Controller(['v1/contacts/bulk', 'v1/customer-profiles/bulk'])
export class ContactBulkController {
  constructor(private readonly bulk: ContactBulkService) {}

  @Post()
  @Operation({
    summary: 'Change many contacts',
    description:
      'Up to 500 contacts are changed at once and reported one by one; for more, a job goes on with it (202). One that fails stops no other.',
    access: 'contacts:write',
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
    summary: 'Get how far a change of many contacts has come',
    access: 'contacts:read',
    response: { item: ContactBulkOperationDto },
    errors: ['NOT_FOUND'],
    description: 'How many are done and how many have failed, with the first failures. Kept for 30 days.',
  })
  async getBulkUpdate(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('bulk_id', 'Id of the operation.') id: string,
  ): Promise<ItemResponse<ContactBulkOperationDto>> {
    return toResponse(toBulkRunDto(await this.bulk.get(workspaceId, id)));
  }
}
