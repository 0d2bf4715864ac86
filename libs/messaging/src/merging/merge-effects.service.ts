import { Injectable } from '@nestjs/common';
import { Events, type Changed } from '@parley/kernel';
import type { ConversationState } from '../conversations/conversation.view.js';
import { ConversationMerged, ConversationParticipantRemoved, ConversationUnmerged } from '../messaging.events.js';
import { ParticipantsRepository } from '../participants/participants.repository.js';
import { Participation } from '../participants/participation.service.js';
import type { Merge } from './merges.repository.js';

/** Who follows a merge, and who is told of it. */
@Injectable()
export class MergeEffects {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly participation: Participation,
    private readonly events: Events,
  ) {}

  /** Whoever follows the source follows the target too; gives those who did not before. */
  async follow(workspaceId: string, sourceId: string, targetId: string, now: string): Promise<string[]> {
    return this.participation.join(workspaceId, targetId, await this.participants.idsOf(workspaceId, sourceId), 'merged', now);
  }

  /** Takes that back. */
  async unfollow(workspaceId: string, targetId: string, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const removed = await this.participants.remove(workspaceId, targetId, userIds);
    for (const userId of removed) this.events.append(new ConversationParticipantRemoved(targetId, { user_id: userId }));
  }

  tellMerged({ sourceId, targetId, messageIds }: Merge, source: ConversationState): void {
    const facts = { source_id: sourceId, target_id: targetId, messages: messageIds.length };
    const changed: Changed = { ...statusChange(source.status, 'closed'), merged_into: [null, targetId] };
    this.events.append(new ConversationMerged(sourceId, { side: 'source', ...facts, changed }));
    this.events.append(new ConversationMerged(targetId, { side: 'target', ...facts, changed: {} }));
  }

  tellUnmerged({ sourceId, targetId, receipt }: Merge, source: ConversationState, target: ConversationState, targetStatus: string, messages: number): void {
    const facts = { source_id: sourceId, target_id: targetId, messages };
    const changed: Changed = { ...statusChange(source.status, receipt.source.life.status), merged_into: [targetId, null] };
    this.events.append(new ConversationUnmerged(sourceId, { side: 'source', ...facts, changed }));
    this.events.append(new ConversationUnmerged(targetId, { side: 'target', ...facts, changed: statusChange(target.status, targetStatus) }));
  }
}

function statusChange(before: string, after: string): Changed {
  return before === after ? {} : { status: [before, after] };
}
