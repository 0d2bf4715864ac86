import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation, toResponse, type ItemResponse } from '@parley/kernel/http';
import { CreateTicketLinkDto, TicketLinkDto, TicketLinksDto, toTicketLinkDto } from './dto/ticket-link.dto.js';
import { TicketLinksService } from './ticket-links.service.js';

/** Links between tickets. */
@ApiTags('Tickets')
@Controller('v1/tickets/:id/links')
export class TicketLinksController {
  constructor(private readonly links: TicketLinksService) {}

  @Get()
  @Operation({
    summary: 'List links of a ticket',
    description:
      'Returns the parents, children, duplicates and related tickets. Leaves out tickets that you cannot see.',
    access: 'tickets:read',
    response: { raw: TicketLinksDto },
    errors: ['NOT_FOUND'],
  })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<TicketLinksDto> {
    return { data: (await this.links.list(workspaceId, id)).map(toTicketLinkDto) };
  }

  @Post()
  @Operation({
    summary: 'Create a ticket link',
    description:
      'Returns 409 if the link exists or the child has another parent, and 422 if a ticket would become its own ' +
      'ancestor. A ticket has at most 100 links and 20 ancestors.',
    access: 'tickets:write',
    response: { item: TicketLinkDto, status: 201 },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: CreateTicketLinkDto,
  ): Promise<ItemResponse<TicketLinkDto>> {
    return toResponse(toTicketLinkDto(await this.links.create(workspaceId, id, body.type, body.ticket_id)));
  }

  @Delete(':link_id')
  @Operation({
    summary: 'Delete a ticket link',
    access: 'tickets:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('link_id') linkId: string,
  ): Promise<void> {
    await this.links.delete(workspaceId, id, linkId);
  }
}
