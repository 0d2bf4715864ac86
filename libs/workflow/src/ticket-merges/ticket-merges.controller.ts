import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation, toResponse, type ItemResponse } from '@parley/kernel/http';
import { TicketDto, toTicketDto } from '../tickets/dto/ticket.dto.js';
import { MergeTicketDto } from './dto/merge-ticket.dto.js';
import { TicketMergesService } from './ticket-merges.service.js';

/** Merging of tickets. */
@ApiTags('Tickets')
@Controller('v1/tickets')
export class TicketMergesController {
  constructor(private readonly merges: TicketMergesService) {}

  @Post(':id/merge')
  @Operation({
    summary: 'Merge tickets',
    description:
      'Closes the ticket with `merged_into` set, adds its tags to the target, and returns the target. A conversation ' +
      'that was created for the ticket is merged into that of the target. Returns 422 if the ticket is already merged ' +
      'or is a merge target itself, or if the target is merged or closed.',
    access: 'tickets:write',
    response: { item: TicketDto, status: 200 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async merge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: MergeTicketDto,
  ): Promise<ItemResponse<TicketDto>> {
    return toResponse(toTicketDto(await this.merges.merge(workspaceId, id, body.into_id.toLowerCase())));
  }

  @Post(':id/unmerge')
  @Operation({
    summary: 'Undo a ticket merge',
    description:
      'Restores the previous status of the ticket and separates its conversation. Removes the tags that the target got ' +
      'from it. Does nothing if the ticket is not merged.',
    access: 'tickets:write',
    response: { item: TicketDto, status: 200 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async unmerge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<TicketDto>> {
    return toResponse(toTicketDto(await this.merges.unmerge(workspaceId, id)));
  }
}
