import { Injectable } from '@nestjs/common';
import {
  Clock,
  fieldConflictError,
  newId,
  notFoundError,
  unprocessableError,
  unprocessableFieldError,
} from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { TicketLinked, TicketUnlinked } from '../ticket.events.js';
import { TicketsService } from '../tickets/tickets.service.js';
import type { TicketView } from '../tickets/ticket.view.js';
import {
  linkTypeOf,
  MAX_TICKET_ANCESTORS,
  MAX_TICKET_LINKS,
  toLinkPair,
  type TicketLinkPair,
  type TicketLinkType,
  type TicketLinkView,
} from './ticket-link.view.js';
import { TicketLinksRepository } from './ticket-links.repository.js';

const CONSTRAINTS = {
  ticket_links_pair: () => fieldConflictError('ticketId', 'The tickets are already linked in this way'),
  ticket_links_parent: () => fieldConflictError('type', 'The child already has a parent. Delete that link first'),
};

/** Links tickets: parents and children, duplicates, and related tickets. */
@Injectable()
export class TicketLinksService {
  constructor(
    private readonly links: TicketLinksRepository,
    private readonly tickets: TicketsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Returns the links to tickets that the caller can see, oldest first. @throws DomainError NOT_FOUND */
  async list(workspaceId: string, ticketId: string): Promise<TicketLinkView[]> {
    await this.tickets.get(workspaceId, ticketId);
    return this.links.list(workspaceId, ticketId);
  }

  /**
   * @throws DomainError NOT_FOUND; UNPROCESSABLE if the other ticket does not exist, the link would make a ticket its own
   * ancestor, or there are too many links; CONFLICT if the link exists or the child has another parent.
   */
  create(workspaceId: string, ticketId: string, type: TicketLinkType, otherId: string): Promise<TicketLinkView> {
    return this.unitOfWork.run(async () => {
      const ticket = await this.tickets.get(workspaceId, ticketId);
      const [other] = await this.tickets.findMany(workspaceId, [otherId]);
      if (!other) throw unprocessableFieldError('ticketId', 'is not the ID of a ticket', otherId);
      if (other.id === ticket.id) throw unprocessableFieldError('ticketId', 'is the ticket itself', otherId);
      const pair = toLinkPair(ticket.id, type, other.id);
      await this.links.lockTickets(workspaceId, [pair.sourceId, pair.targetId]);
      await this.assertWithinLimits(workspaceId, pair);
      const id = newId();
      const createdAt = this.clock.now().toISOString();
      await mapConstraintErrors(CONSTRAINTS, () => this.links.add(workspaceId, id, pair, createdAt));
      this.emit(TicketLinked, pair, [ticket, other]);
      const { number, subject, status } = other;
      return { id, type, ticket: { id: other.id, number, subject, status }, createdAt };
    });
  }

  /** @throws DomainError NOT_FOUND if the ticket, or a link that the caller can see, does not exist. */
  delete(workspaceId: string, ticketId: string, linkId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const ticket = await this.tickets.get(workspaceId, ticketId);
      const link = (await this.links.list(workspaceId, ticketId)).find(({ id }) => id === linkId);
      if (!link || !(await this.links.delete(workspaceId, linkId))) throw notFoundError('Ticket link');
      const other = await this.tickets.get(workspaceId, link.ticket.id);
      this.emit(TicketUnlinked, toLinkPair(ticket.id, link.type, other.id), [ticket, other]);
    });
  }

  private async assertWithinLimits(workspaceId: string, { kind, sourceId, targetId }: TicketLinkPair): Promise<void> {
    for (const id of [sourceId, targetId])
      if ((await this.links.count(workspaceId, [id])) >= MAX_TICKET_LINKS)
        throw unprocessableError(`A ticket has at most ${MAX_TICKET_LINKS} links`, { ticketId: id });
    if (kind !== 'child') return;
    const ancestors = await this.links.listAncestors(workspaceId, targetId);
    if (ancestors.includes(sourceId))
      throw unprocessableFieldError('ticketId', 'is already an ancestor or a child in the other direction', targetId);
    if (ancestors.length > MAX_TICKET_ANCESTORS)
      throw unprocessableError(`A ticket has at most ${MAX_TICKET_ANCESTORS} ancestors`);
  }

  /** Emits one event per ticket. */
  private emit(
    LinkEvent: typeof TicketLinked | typeof TicketUnlinked,
    pair: TicketLinkPair,
    tickets: readonly [TicketView, TicketView],
  ): void {
    tickets.forEach(({ id, contactId }, index) => {
      const data = { contact_id: contactId, link_type: linkTypeOf(pair, id), linked_ticket_id: tickets[1 - index]!.id };
      this.events.append(new LinkEvent(id, data));
    });
  }
}
