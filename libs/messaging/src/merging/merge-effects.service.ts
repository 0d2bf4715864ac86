import { Injectable } from '@nestjs/common';
import { Events, type Changed } from '@parley/kernel';
import type { ConversationState } from '../conversations/conversation.view.js';
import { alsoCalled } from '../conversations/conversation-changes.js';
import { ConversationMerged, ConversationUnmerged } from '../messaging.events.js';
import { ParticipantsRepository } from '../participants/participants.repository.js';
import { Participation, type Followed } from '../participants/participation.service.js';
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
  async follow(workspaceId: string, sourceId: string, target: Followed, now: string): Promise<string[]> {
    return this.participation.join(
      workspaceId,
      target,
      await this.participants.idsOf(workspaceId, sourceId),
      'merged',
      now,
    );
  }

  /** Takes that back. */
  async unfollow(workspaceId: string, target: Followed, userIds: readonly string[]): Promise<void> {
    await this.participation.leave(workspaceId, target, userIds);
  }

  tellMerged({ sourceId, targetId, messageIds }: Merge, source: ConversationState, target: ConversationState): void {
    const facts = { source_id: sourceId, target_id: targetId, messages: messageIds.length };
    const changed: Changed = { ...statusChange(source.status, 'closed'), merged_into: [null, targetId] };
    this.events.append(
      new ConversationMerged(
        sourceId,
        { side: 'source', ...facts, contact_id: source.contactId, changed },
        undefined,
        alsoCalled(ConversationMerged.type, { changed }),
      ),
    );
    this.events.append(
      new ConversationMerged(targetId, { side: 'target', ...facts, contact_id: target.contactId, changed: {} }),
    );
  }

  tellUnmerged(
    { sourceId, targetId, receipt }: Merge,
    source: ConversationState,
    target: ConversationState,
    targetStatus: string,
    messages: number,
  ): void {
    const facts = { source_id: sourceId, target_id: targetId, messages };
    const changed: Changed = {
      ...statusChange(source.status, receipt.source.life.status),
      merged_into: [targetId, null],
    };
    this.events.append(
      new ConversationUnmerged(
        sourceId,
        { side: 'source', ...facts, contact_id: source.contactId, changed },
        undefined,
        alsoCalled(ConversationUnmerged.type, { changed }),
      ),
    );
    this.events.append(
      new ConversationUnmerged(targetId, {
        side: 'target',
        ...facts,
        contact_id: target.contactId,
        changed: statusChange(target.status, targetStatus),
      }),
    );
  }
}

function statusChange(before: string, after: string): Changed {
  return before === after ? {} : { status: [before, after] };
}
