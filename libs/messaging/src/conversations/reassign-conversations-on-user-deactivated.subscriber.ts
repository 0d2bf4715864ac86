import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { InboxAccessService, UserDeactivated, UsersService } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/**
 * Reassigns the unresolved conversations of a deactivated user to the named successor. Unassigns them without a
 * successor, or if the successor has no access to the inbox.
 */
@Injectable()
export class ReassignConversationsOnUserDeactivatedSubscriber {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly updater: ConversationUpdater,
    private readonly users: UsersService,
    private readonly inboxAccess: InboxAccessService,
  ) {}

  @Subscribe([UserDeactivated], { id: 'messaging.reassign-conversations-on-user-deactivated' })
  async reassign({ workspaceId, subjectId: userId, data }: RecordedEvent<UserDeactivated['data']>): Promise<void> {
    const requestedAssigneeId = data.reassign_to;
    const assigneeId =
      requestedAssigneeId !== null && (await this.users.isActive(workspaceId, requestedAssigneeId))
        ? requestedAssigneeId
        : null;
    for (;;) {
      const ids = await this.conversations.listIdsByOwner(workspaceId, 'assigneeId', userId);
      if (ids.length === 0) return;
      for (const id of ids)
        await this.updater.update(workspaceId, id, async (state) => {
          if (state.assigneeId !== userId) return {};
          const isAllowed =
            assigneeId !== null && (await this.inboxAccess.hasAccess(workspaceId, state.inboxId, assigneeId));
          return { assigneeId: isAllowed ? assigneeId : null };
        });
    }
  }
}
