import { Injectable } from '@nestjs/common';
import { Clock, notFoundError } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { type DomainEvent, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { allowedStatuses, ConversationActionsService, ConversationsService } from '@parley/messaging';
import type { TicketChangeEventData } from '../ticket.events.js';
import { diffTicket, ticketChangeEvent } from './ticket-changes.js';
import { ticketExternalIdConflictError } from './ticket-errors.js';
import { isDone } from './ticket-status.js';
import type { TicketPatch, TicketState, TicketStatus, TicketView } from './ticket.view.js';
import { TicketsRepository } from './tickets.repository.js';

/** Computes the patch for the locked state. */
export type TicketDecision = (state: TicketState, now: string) => TicketPatch | Promise<TicketPatch>;

/** Options of an update. */
export interface TicketUpdateOptions {
  /** Version that the ticket must have; null or omitted for any. */
  readonly expectedVersion?: number | null;
  /** Builds the event instead of the one that the changes determine. It is emitted even without changes. */
  readonly buildEvent?: (data: TicketChangeEventData) => DomainEvent;
}

/** Single entry point for changes of a ticket: locks it, computes the patch, writes it, and emits the event. */
@Injectable()
export class TicketUpdater {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly conversations: ConversationsService,
    private readonly conversationActions: ConversationActionsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies the patch that `decide` returns. Without a difference, no event is emitted and the version stays the same.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, CONFLICT, and the errors of `decide`.
   */
  update(
    workspaceId: string,
    id: string,
    decide: TicketDecision,
    { expectedVersion = null, buildEvent }: TicketUpdateOptions = {},
  ): Promise<TicketView> {
    return this.unitOfWork.run(async () => {
      const state = await this.tickets.lock(workspaceId, id);
      if (!state) throw notFoundError('Ticket');
      if (expectedVersion !== null && expectedVersion !== state.version) {
        const current = await this.tickets.find(workspaceId, id);
        assertVersion(expectedVersion, state.version, () => current);
      }
      const now = this.clock.now().toISOString();
      await this.apply(workspaceId, state, await decide(state, now), now, buildEvent);
      // The update can move it to an inbox that is hidden from the caller.
      return (await withHiddenInboxes([], () => this.tickets.find(workspaceId, id)))!;
    });
  }

  /** Locks two tickets in the order of their IDs. Returns them in the given order, or null if one does not exist. */
  async lockBoth(workspaceId: string, id: string, otherId: string): Promise<[TicketState, TicketState] | null> {
    const states = new Map<string, TicketState | null>();
    for (const ticketId of [id, otherId].sort()) states.set(ticketId, await this.tickets.lock(workspaceId, ticketId));
    const [first, second] = [states.get(id), states.get(otherId)];
    return first && second ? [first, second] : null;
  }

  private async apply(
    workspaceId: string,
    state: TicketState,
    requested: TicketPatch,
    now: string,
    buildEvent: TicketUpdateOptions['buildEvent'],
  ): Promise<void> {
    const { patch, changed } = diffTicket(state, requested);
    const eventData = { contact_id: patch.contactId ?? state.contactId, changed };
    if (buildEvent) this.events.append(buildEvent(eventData));
    if (Object.keys(patch).length === 0) return;
    await mapConstraintErrors({ tickets_external: () => ticketExternalIdConflictError(patch.externalId ?? null) }, () =>
      this.tickets.update(workspaceId, state.id, patch, now),
    );
    if (!buildEvent && Object.keys(changed).length > 0) {
      const { EventClass, aliases } = ticketChangeEvent(changed);
      this.events.append(new EventClass(state.id, eventData, undefined, aliases));
    }
    const { status } = patch;
    if (status !== undefined && state.ownsConversation && state.movedFromConversationId === null)
      await this.updateConversationStatus(workspaceId, state.conversationId, state.status, status);
  }

  /** Resolves, closes or reopens the conversation of a ticket with it. Leaves other changes of its status alone. */
  private async updateConversationStatus(
    workspaceId: string,
    conversationId: string,
    before: TicketStatus,
    after: TicketStatus,
  ): Promise<void> {
    const status = isDone(after) ? after : isDone(before) ? 'open' : null;
    if (status === null) return;
    await withHiddenInboxes([], async () => {
      const conversation = await this.conversations.find(workspaceId, conversationId);
      if (!conversation || conversation.mergedInto !== null) return;
      if (allowedStatuses(conversation.status, 'team').includes(status as 'resolved' | 'closed' | 'open'))
        await this.conversationActions.applyUpdate(workspaceId, conversationId, { status });
    });
  }
}
