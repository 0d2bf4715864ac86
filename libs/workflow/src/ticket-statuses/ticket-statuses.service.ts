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
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { TicketStatusCreated, TicketStatusDeleted, TicketStatusUpdated } from '../ticket.events.js';
import type { TicketStatus } from '../tickets/ticket.view.js';
import { MAX_TICKET_STATUSES, type TicketStatusView } from './ticket-status.view.js';
import { TicketStatusesRepository } from './ticket-statuses.repository.js';

const NAME_CONSTRAINTS = {
  ticket_statuses_name: () => fieldConflictError('name', 'A custom status with this name already exists'),
};

/** Manages custom statuses of tickets. */
@Injectable()
export class TicketStatusesService {
  constructor(
    private readonly statuses: TicketStatusesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: TimeRange, request: PageRequest): Promise<Page<TicketStatusView>> {
    return this.statuses.list(workspaceId, filter, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TicketStatusView> {
    const status = await this.statuses.find(workspaceId, id);
    if (!status) throw notFoundError('Ticket status');
    return status;
  }

  /**
   * Returns a status that a ticket refers to, and keeps it from being deleted until the transaction ends.
   * @throws DomainError UNPROCESSABLE if it does not exist.
   */
  async getReferenced(workspaceId: string, id: string): Promise<TicketStatusView> {
    const status = await this.statuses.findReferenced(workspaceId, id);
    if (!status) throw unprocessableFieldError('customStatusId', 'is not the ID of a custom status', id);
    return status;
  }

  /** @throws DomainError CONFLICT if the name is used; UNPROCESSABLE if there are too many statuses. */
  create(
    workspaceId: string,
    {
      name,
      category,
      position,
    }: { readonly name: string; readonly category: TicketStatus; readonly position?: number },
  ): Promise<TicketStatusView> {
    return this.unitOfWork.run(async () => {
      const { count, next } = await this.statuses.lockAndCount(workspaceId);
      if (count >= MAX_TICKET_STATUSES)
        throw unprocessableError(`A workspace has at most ${MAX_TICKET_STATUSES} custom statuses`);
      const id = newId();
      const now = this.clock.now().toISOString();
      const status = { id, name, category, position: position ?? next, createdAt: now, updatedAt: now };
      await mapConstraintErrors(NAME_CONSTRAINTS, () => this.statuses.add(workspaceId, status));
      this.events.append(new TicketStatusCreated(id, { name, category }));
      return this.get(workspaceId, id);
    });
  }

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, CONFLICT */
  update(
    workspaceId: string,
    id: string,
    input: Partial<Pick<TicketStatusView, 'name' | 'position'>>,
    expectedVersion: number | null,
  ): Promise<TicketStatusView> {
    return this.unitOfWork.run(async () => {
      const before = await this.statuses.lock(workspaceId, id);
      if (!before) throw notFoundError('Ticket status');
      assertVersion(expectedVersion, before.version, () => before);
      const changed = changesBetween(before, input);
      if (Object.keys(changed).length === 0) return before;
      await mapConstraintErrors(NAME_CONSTRAINTS, () =>
        this.statuses.update(workspaceId, id, input, this.clock.now().toISOString()),
      );
      this.events.append(new TicketStatusUpdated(id, { name: input.name ?? before.name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /** Deletes the status. Its tickets lose it in a subscriber. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  delete(workspaceId: string, id: string, expectedVersion: number | null): Promise<TicketStatusView> {
    return this.unitOfWork.run(async () => {
      const status = await this.statuses.lock(workspaceId, id);
      if (!status) throw notFoundError('Ticket status');
      assertVersion(expectedVersion, status.version, () => status);
      await this.statuses.delete(workspaceId, id);
      this.events.append(new TicketStatusDeleted(id, { name: status.name }));
      return status;
    });
  }
}
