import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { InboxDeleted, TeamDeleted } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Removes a deleted team or inbox from its conversations. */
@Injectable()
export class UnassignConversationsOnTeamOrInboxDeletedSubscriber {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly updater: ConversationUpdater,
  ) {}

  @Subscribe([TeamDeleted], { id: 'messaging.unassign-conversations-on-team-deleted' })
  unassignTeam({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.unassign(workspaceId, 'teamId', subjectId);
  }

  @Subscribe([InboxDeleted], { id: 'messaging.unassign-conversations-on-inbox-deleted' })
  unassignInbox({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.unassign(workspaceId, 'inboxId', subjectId);
  }

  private async unassign(workspaceId: string, field: 'teamId' | 'inboxId', fieldValue: string): Promise<void> {
    for (;;) {
      const ids = await this.conversations.listIdsByOwner(workspaceId, field, fieldValue);
      if (ids.length === 0) return;
      for (const id of ids) await this.updater.update(workspaceId, id, () => ({ [field]: null }));
    }
  }
}
