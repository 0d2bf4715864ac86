import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { MessageCreated } from '@parley/messaging';
import { transitionTicket } from './ticket-status.js';
import { TicketUpdater } from './ticket-updater.service.js';
import { TicketsRepository } from './tickets.repository.js';

/** Reopens pending and resolved tickets when the contact writes in their conversation. */
@Injectable()
export class ReopenTicketsOnMessageCreatedSubscriber {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly updater: TicketUpdater,
  ) {}

  @Subscribe([MessageCreated], { id: 'workflow.reopen-tickets-on-message-created' })
  async reopen({ workspaceId, data }: RecordedEvent<MessageCreated['data']>): Promise<void> {
    if (data.type !== 'comment') return;
    for (const id of await this.tickets.listIdsOf(workspaceId, 'waitingForContact', data.conversation_id))
      await this.updater.update(workspaceId, id, (state, now) => {
        const isWaiting = state.status === 'pending' || state.status === 'resolved';
        const transition = isWaiting ? transitionTicket(state, 'open', now) : { patch: {} };
        return 'patch' in transition ? transition.patch : {};
      });
  }
}
