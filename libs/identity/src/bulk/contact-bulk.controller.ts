import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, one, Operation, toBulkRunDto, type One, type Principal } from '@parley/kernel';
import type { FastifyReply } from 'fastify';
import { ContactBulk } from './contact-bulk.service.js';
import { BulkOperationDto, ContactBulkDto, toContactBulkChange } from './dto/contact-bulk.dto.js';

/** Changes of many contacts at once. */
@ApiTags('Identity')
@Controller(['v1/contacts/bulk', 'v1/customer-profiles/bulk'])
export class ContactBulkController {
  constructor(private readonly bulk: ContactBulk) {}

  @Post()
  @Operation({
    summary: 'Change many contacts',
    description:
      'Up to 500 contacts are changed at once and reported one by one; for more, a job goes on with it (202). One that fails stops no other.',
    access: 'contacts:write',
    answer: { one: BulkOperationDto, orAccepted: true },
    errors: ['UNPROCESSABLE'],
  })
  async change(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: ContactBulkDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<One<BulkOperationDto>> {
    const operation = await this.bulk.begin(
      workspaceId,
      body.ids ?? null,
      body.filter,
      toContactBulkChange(body.update),
    );
    if (operation.status === 'running') void reply.status(202);
    return one(toBulkRunDto(operation));
  }

  @Get(':bulk_id')
  @Operation({
    summary: 'Get how far a change of many contacts has come',
    access: 'contacts:read',
    answer: { one: BulkOperationDto },
    errors: ['NOT_FOUND'],
    description: 'How many are done and how many have failed, with the first failures. Kept for 30 days.',
  })
  async progress(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('bulk_id', 'Id of the operation.') id: string,
  ): Promise<One<BulkOperationDto>> {
    return one(toBulkRunDto(await this.bulk.get(workspaceId, id)));
  }
}
