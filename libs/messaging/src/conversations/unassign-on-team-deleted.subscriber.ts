import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { TeamDeleted } from '@parley/teams';
import { ConversationChanges } from './conversation-change.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** What was assigned to a team that is gone has no team. */
@Injectable()
export class UnassignOnTeamDeleted {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly changes: ConversationChanges,
  ) {}

  @Subscribe([TeamDeleted], { id: 'messaging.unassign-on-team-deleted' })
  async unassign({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    for (let ids = await this.conversations.idsOfTeam(workspaceId, subjectId); ids.length > 0; ids = await this.conversations.idsOfTeam(workspaceId, subjectId)) {
      for (const id of ids) await this.changes.change(workspaceId, id, () => ({ teamId: null }));
    }
  }
}
