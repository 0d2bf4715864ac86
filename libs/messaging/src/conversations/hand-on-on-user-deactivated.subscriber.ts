import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { UserDeactivated, UsersService } from '@parley/teams';
import { ConversationChanges } from './conversation-change.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** What a user was at work on when they were deactivated goes to the user named, else to nobody. */
@Injectable()
export class HandOnOnUserDeactivated {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly changes: ConversationChanges,
    private readonly users: UsersService,
  ) {}

  @Subscribe([UserDeactivated], { id: 'messaging.hand-on-on-user-deactivated' })
  async handOn({ workspaceId, subjectId: userId, data }: RecordedEvent<UserDeactivated['data']>): Promise<void> {
    const wanted = data.hand_over_to;
    const active = await this.users.activeAmong(workspaceId, wanted === null ? [] : [wanted]);
    const assigneeId = wanted !== null && active.has(wanted) ? wanted : null;
    for (;;) {
      const ids = await this.conversations.someOf(workspaceId, 'assigneeId', userId);
      if (ids.length === 0) return;
      for (const id of ids)
        await this.changes.change(workspaceId, id, (state) => (state.assigneeId === userId ? { assigneeId } : {}));
    }
  }
}
