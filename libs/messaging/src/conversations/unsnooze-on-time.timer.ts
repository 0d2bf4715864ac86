import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel';
import { ConversationChanges, statusPatch, UNSNOOZE } from './conversation-change.service.js';

/** Brings a conversation back when its snooze is over. */
@Injectable()
export class UnsnoozeOnTime {
  constructor(private readonly changes: ConversationChanges) {}

  @OnTimer(UNSNOOZE)
  async unsnooze({ workspaceId, key }: DueTimer): Promise<void> {
    await this.changes.change(workspaceId, key, (state, now) =>
      state.status === 'snoozed' ? statusPatch(state, 'open', 'team', now) : {},
    );
  }
}
