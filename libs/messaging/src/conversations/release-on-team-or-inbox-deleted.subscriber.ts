import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { InboxDeleted, TeamDeleted } from '@parley/teams';
import { ConversationChanges } from './conversation-change.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** What belonged to a team or an inbox that is gone belongs to none. */
@Injectable()
export class ReleaseOnTeamOrInboxDeleted {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly changes: ConversationChanges,
  ) {}

  @Subscribe([TeamDeleted], { id: 'messaging.unassign-on-team-deleted' })
  releaseFromTeam({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.release(workspaceId, 'teamId', subjectId);
  }

  @Subscribe([InboxDeleted], { id: 'messaging.release-on-inbox-deleted' })
  releaseFromInbox({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    return this.release(workspaceId, 'inboxId', subjectId);
  }

  private async release(workspaceId: string, owner: 'teamId' | 'inboxId', ownerId: string): Promise<void> {
    for (;;) {
      const ids = await this.conversations.someOf(workspaceId, owner, ownerId);
      if (ids.length === 0) return;
      for (const id of ids) await this.changes.change(workspaceId, id, () => ({ [owner]: null }));
    }
  }
}
