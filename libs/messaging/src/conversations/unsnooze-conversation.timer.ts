import { Injectable } from '@nestjs/common';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { ConversationUpdater, buildStatusPatch, UNSNOOZE_TIMER } from './conversation-updater.service.js';

/** Opens a conversation when its snooze ends. */
@Injectable()
export class UnsnoozeConversationTimer {
  constructor(private readonly updater: ConversationUpdater) {}

  @OnTimer(UNSNOOZE_TIMER)
  async unsnooze({ workspaceId, key }: DueTimer): Promise<void> {
    await this.updater.update(workspaceId, key, (state, now) =>
      state.status === 'snoozed' ? buildStatusPatch(state, 'open', 'team', now) : {},
    );
  }
}
