import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { InboxDeleted, ReferencedObjectsService, TeamDeleted, UserDeactivated } from '@parley/teams';
import { TicketStatusDeleted, TicketTypeDeleted } from '../ticket.events.js';
import { TicketUpdater } from './ticket-updater.service.js';
import type { TicketPatch, TicketState } from './ticket.view.js';
import { TicketsRepository, type TicketOwner } from './tickets.repository.js';

/** Removes deleted teams, inboxes, types and custom statuses, and deactivated assignees, from tickets. */
@Injectable()
export class ReleaseTicketsOnSettingsDeletedSubscriber {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly updater: TicketUpdater,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  @Subscribe([TeamDeleted], { id: 'workflow.release-tickets-on-team-deleted' })
  releaseTeam({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.updateAll(workspaceId, 'team', subjectId, () => ({ teamId: null }));
  }

  @Subscribe([InboxDeleted], { id: 'workflow.release-tickets-on-inbox-deleted' })
  releaseInbox({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.updateAll(workspaceId, 'inbox', subjectId, () => ({ inboxId: null }));
  }

  @Subscribe([TicketTypeDeleted], { id: 'workflow.release-tickets-on-type-deleted' })
  releaseType({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.updateAll(workspaceId, 'type', subjectId, () => ({ typeId: null }));
  }

  @Subscribe([TicketStatusDeleted], { id: 'workflow.release-tickets-on-status-deleted' })
  releaseStatus({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.updateAll(workspaceId, 'customStatus', subjectId, () => ({ customStatusId: null }));
  }

  /** Reassigns unresolved tickets to the named successor, or unassigns them. */
  @Subscribe([UserDeactivated], { id: 'workflow.reassign-tickets-on-user-deactivated' })
  async reassign({ workspaceId, subjectId, data }: RecordedEvent<UserDeactivated['data']>): Promise<void> {
    const successor =
      data.reassign_to === null ? null : await this.referencedObjects.findActiveUser(workspaceId, data.reassign_to);
    const assigneeId = successor && successor.id;
    await this.updateAll(workspaceId, 'assignee', subjectId, async (state) => {
      if (state.assigneeId !== subjectId) return {};
      const hasAccess =
        assigneeId !== null && (await this.referencedObjects.hasInboxAccess(workspaceId, state.inboxId, assigneeId));
      return { assigneeId: hasAccess ? assigneeId : null };
    });
  }

  private async updateAll(
    workspaceId: string,
    owner: TicketOwner,
    ownerId: string,
    decide: (state: TicketState) => TicketPatch | Promise<TicketPatch>,
  ): Promise<void> {
    for (;;) {
      const ids = await this.tickets.listIdsOf(workspaceId, owner, ownerId);
      if (ids.length === 0) return;
      for (const id of ids) await this.updater.update(workspaceId, id, decide);
    }
  }
}
