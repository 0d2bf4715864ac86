import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactDataRegistry, type ContactDataOwner, type MergeReceipt } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { TicketContactDataRepository } from './ticket-contact-data.repository.js';
import { transitionTicket } from './ticket-status.js';
import { TicketUpdater } from './ticket-updater.service.js';

interface MoveReceipt extends MergeReceipt {
  /** ID under which the moved tickets are stored. */
  readonly move_id: string;
}

const PAGE_SIZE = 500;
const MIN_UUID = '00000000-0000-0000-0000-000000000000';

/** Moves, exports and erases the tickets of contacts. */
@Injectable()
export class TicketContactDataService implements ContactDataOwner, OnModuleInit {
  constructor(
    private readonly data: TicketContactDataRepository,
    private readonly updater: TicketUpdater,
    private readonly registry: ContactDataRegistry,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register('workflow.tickets', this);
  }

  async reassign(workspaceId: string, fromIds: readonly string[], toId: string): Promise<MoveReceipt> {
    const moveId = newId();
    await this.data.reassign(workspaceId, fromIds, toId, moveId);
    return { move_id: moveId };
  }

  async restore(workspaceId: string, toId: string, receipt: MergeReceipt): Promise<void> {
    await this.data.restore(workspaceId, toId, (receipt as MoveReceipt).move_id);
  }

  async *export(workspaceId: string, contactId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    let after = MIN_UUID;
    for (;;) {
      const tickets = await this.data.list(workspaceId, contactId, after, PAGE_SIZE);
      for (const ticket of tickets) yield { kind: 'ticket', ...ticket };
      if (tickets.length < PAGE_SIZE) return;
      after = tickets.at(-1)!.id;
    }
  }

  /** Closes unfinished tickets and erases all texts. Includes tickets that the caller cannot see. */
  erase(workspaceId: string, contactId: string): Promise<void> {
    return withHiddenInboxes([], async () => {
      for (const id of await this.data.listUnfinishedIds(workspaceId, contactId))
        await this.updater.update(workspaceId, id, (state, now) => {
          const transition = transitionTicket(state, 'closed', now);
          return state.mergedInto === null && 'patch' in transition ? transition.patch : {};
        });
      await this.data.erase(workspaceId, contactId, this.clock.now().toISOString());
    });
  }
}
