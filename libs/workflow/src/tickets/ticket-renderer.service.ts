import { Injectable } from '@nestjs/common';
import { RendersBatch } from '@parley/kernel/rendering';
import { toTicketDto, type TicketDto } from './dto/ticket.dto.js';
import { TicketsService } from './tickets.service.js';

/** Renders tickets for events and webhooks. */
@Injectable()
export class TicketRenderer {
  constructor(private readonly tickets: TicketsService) {}

  @RendersBatch('ticket')
  async render(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, TicketDto>> {
    const tickets = await this.tickets.findMany(workspaceId, ids);
    return new Map(tickets.map((ticket) => [ticket.id, toTicketDto(ticket)]));
  }
}
