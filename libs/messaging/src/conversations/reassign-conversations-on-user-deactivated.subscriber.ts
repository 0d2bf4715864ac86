import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { ReferencedObjectsService, UserDeactivated } from '@parley/teams';
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
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  @Subscribe([UserDeactivated], { id: 'messaging.reassign-conversations-on-user-deactivated' })
  async reassign({ workspaceId, subjectId: userId, data }: RecordedEvent<UserDeactivated['data']>): Promise<void> {
    const successor =
      data.reassign_to === null ? null : await this.referencedObjects.findActiveUser(workspaceId, data.reassign_to);
    const assigneeId = successor && successor.id;
    for (;;) {
      const ids = await this.conversations.listIdsByOwner(workspaceId, 'assigneeId', userId);
      if (ids.length === 0) return;
      for (const id of ids)
        await this.updater.update(workspaceId, id, async (state) => {
          if (state.assigneeId !== userId) return {};
          const isAllowed =
            assigneeId !== null &&
            (await this.referencedObjects.hasInboxAccess(workspaceId, state.inboxId, assigneeId));
          return { assigneeId: isAllowed ? assigneeId : null };
        });
    }
  }
}
