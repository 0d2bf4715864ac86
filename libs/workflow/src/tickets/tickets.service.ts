import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { TicketListsRepository } from './ticket-lists.repository.js';
import type { TicketOrder, TicketsFilter, TicketView } from './ticket.view.js';
import { TicketsRepository } from './tickets.repository.js';

/** Reads tickets. */
@Injectable()
export class TicketsService {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly lists: TicketListsRepository,
  ) {}

  list(
    workspaceId: string,
    filter: TicketsFilter,
    orderBy: TicketOrder,
    request: PageRequest,
  ): Promise<Page<TicketView>> {
    return this.lists.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TicketView> {
    const ticket = await this.tickets.find(workspaceId, id);
    if (!ticket) throw notFoundError('Ticket');
    return ticket;
  }

  /** Returns which of these tickets are in one of the inboxes. */
  listHiddenIds(
    workspaceId: string,
    ids: readonly string[],
    hiddenInboxIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return this.tickets.listHiddenIds(workspaceId, ids, hiddenInboxIds);
  }

  /** Returns the tickets that exist, in any order. */
  findMany(workspaceId: string, ids: readonly string[]): Promise<TicketView[]> {
    return this.tickets.findMany(workspaceId, ids);
  }
}
