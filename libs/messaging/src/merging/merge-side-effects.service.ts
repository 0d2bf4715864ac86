import { Injectable } from '@nestjs/common';
import { Events, type Changed } from '@parley/kernel/events';
import type { ConversationState } from '../conversations/conversation.view.js';
import { conversationCreatedData } from '../conversations/conversation-creator.service.js';
import { eventAliases } from '../conversations/conversation-diff.js';
import { ConversationReopeningService } from '../conversations/conversation-reopening.service.js';
import {
  ConversationCreated,
  ConversationMerged,
  ConversationSplit,
  ConversationUnmerged,
  type ConversationMergeEventData,
} from '../messaging.events.js';
import { ParticipantsRepository } from '../participants/participants.repository.js';
import { ParticipantsWriter, type ConversationRef } from '../participants/participants-writer.service.js';
import type { ConversationMerge } from './merges.repository.js';

/** Assignees, participants and events of merges and splits. */
@Injectable()
export class MergeSideEffectsService {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly participantsWriter: ParticipantsWriter,
    private readonly reopening: ConversationReopeningService,
    private readonly events: Events,
  ) {}

  /** Adds the participants of the source to the target. Returns the ids of those who were added. */
  async copyParticipants(
    workspaceId: string,
    sourceId: string,
    target: ConversationRef,
    now: string,
  ): Promise<string[]> {
    return this.participantsWriter.add(
      workspaceId,
      target,
      await this.participants.listIds(workspaceId, sourceId),
      'merged',
      now,
    );
  }

  /** Removes participants that a merge added. */
  async removeParticipants(workspaceId: string, target: ConversationRef, userIds: readonly string[]): Promise<void> {
    await this.participantsWriter.remove(workspaceId, target, userIds);
  }

  /** Returns the assignee of a conversation that is split off: that of the source if still active. */
  async findSplitAssignee(workspaceId: string, source: ConversationState): Promise<string | null> {
    const { assigneeId = source.assigneeId } = await this.reopening.releaseInactiveAssignee(workspaceId, source);
    return assigneeId;
  }

  emitSplit(source: ConversationState, created: ConversationState, messageId: string, movedCount: number): void {
    this.events.append(
      new ConversationCreated(created.id, { ...conversationCreatedData(created, messageId), split_from: source.id }),
    );
    if (created.assigneeId) this.participantsWriter.emitAdded(created, [created.assigneeId], () => 'assigned');
    this.events.append(
      new ConversationSplit(source.id, { into_id: created.id, messages: movedCount, contact_id: source.contactId }),
    );
  }

  emitMerged(
    { sourceId, targetId, messageIds }: ConversationMerge,
    source: ConversationState,
    target: ConversationState,
  ): void {
    const eventData = { source_id: sourceId, target_id: targetId, messages: messageIds.length };
    const changed: Changed = { ...statusChange(source.status, 'closed'), merged_into: [null, targetId] };
    this.append(ConversationMerged, source, { side: 'source', ...eventData, changed });
    this.append(ConversationMerged, target, { side: 'target', ...eventData, changed: {} });
  }

  emitUnmerged(
    { sourceId, targetId, receipt }: ConversationMerge,
    source: ConversationState,
    target: ConversationState,
    targetStatus: string,
    messages: number,
  ): void {
    const eventData = { source_id: sourceId, target_id: targetId, messages };
    const changed: Changed = {
      ...statusChange(source.status, receipt.source.lifecycle.status),
      merged_into: [targetId, null],
    };
    this.append(ConversationUnmerged, source, { side: 'source', ...eventData, changed });
    this.append(ConversationUnmerged, target, {
      side: 'target',
      ...eventData,
      changed: statusChange(target.status, targetStatus),
    });
  }

  /** Appends an event that subscribers of the single changes get too. */
  private append(
    MergeEvent: typeof ConversationMerged | typeof ConversationUnmerged,
    { id, contactId }: ConversationState,
    data: Omit<ConversationMergeEventData, 'contact_id'>,
  ): void {
    const { changed } = data;
    const aliases = Object.keys(changed).length === 0 ? undefined : eventAliases(MergeEvent.type, changed);
    this.events.append(new MergeEvent(id, { ...data, contact_id: contactId }, undefined, aliases));
  }
}

function statusChange(before: string, after: string): Changed {
  return before === after ? {} : { status: [before, after] };
}
