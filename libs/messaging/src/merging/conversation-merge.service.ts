import { Injectable } from '@nestjs/common';
import {
  Clock,
  invalidInputError,
  newId,
  notFoundError,
  sentence,
  unprocessableError,
  unprocessableFieldError,
} from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ConversationUpdater, buildStatusPatch } from '../conversations/conversation-updater.service.js';
import type { ConversationState, ConversationView } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import {
  mergeCounters,
  emptyCounters,
  closeAsMerged,
  findMergeObstacle,
  takeSnapshot,
  restoreTarget,
} from './conversation-merge.js';
import { MergeSideEffectsService } from './merge-side-effects.service.js';
import { MergesRepository, type ConversationMerge } from './merges.repository.js';
import { MergedMessagesRepository } from './merged-messages.repository.js';

/** Direction of a merge: this conversation into another, or others into this one. */
export interface MergeConversationsInput {
  readonly intoId?: string;
  readonly conversationIds?: readonly string[];
}

/** Merges conversations and undoes merges. */
@Injectable()
export class ConversationMergeService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly updater: ConversationUpdater,
    private readonly merges: MergesRepository,
    private readonly mergedMessages: MergedMessagesRepository,
    private readonly sideEffects: MergeSideEffectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves all messages into the target conversation and closes the others. Returns the target.
   * @throws DomainError NOT_FOUND, BAD_REQUEST unless exactly one of the fields is given, UNPROCESSABLE for
   * conversations that do not exist or cannot be merged.
   */
  merge(
    workspaceId: string,
    id: string,
    { intoId, conversationIds }: MergeConversationsInput,
  ): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const requestedIds = intoId === undefined ? (conversationIds ?? []) : [intoId];
      const found = new Map(
        (await this.conversations.lockMany(workspaceId, [id, ...requestedIds])).map((state) => [state.id, state]),
      );
      if (!found.has(id)) throw notFoundError('Conversation');
      if ((intoId === undefined) === (conversationIds === undefined))
        throw invalidInputError('intoId', sentence`Pass either ${['intoId']} or ${['conversationIds']}`);
      const missing = requestedIds.filter((requestedId) => !found.has(requestedId.toLowerCase()));
      if (missing.length > 0)
        throw unprocessableFieldError(
          intoId === undefined ? 'conversationIds' : 'intoId',
          'Some conversations do not exist',
          missing,
        );
      const [targetId, sourceIds] = intoId === undefined ? [id, requestedIds] : [intoId.toLowerCase(), [id]];
      const targets = await this.merges.filterTargets(workspaceId, sourceIds);
      for (const sourceId of new Set(sourceIds.map((requestedId) => requestedId.toLowerCase()))) {
        const target = (await this.conversations.lock(workspaceId, targetId))!;
        const source = found.get(sourceId)!;
        const obstacle = findMergeObstacle(source, target, targets.has(sourceId));
        if (obstacle) throw unprocessableError(obstacle, { sourceId, targetId });
        await this.mergeOne(workspaceId, source, target);
      }
      return (await this.conversations.find(workspaceId, targetId))!;
    });
  }

  /**
   * Undoes the merge of a conversation into another: restores both except for changes made since. Does nothing if the
   * conversation is not merged.
   * @throws DomainError NOT_FOUND
   */
  unmerge(workspaceId: string, id: string): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.find(workspaceId, id);
      if (!conversation) throw notFoundError('Conversation');
      const existing = await this.merges.findBySource(workspaceId, id);
      if (!existing) return conversation;
      const states = await this.conversations.lockMany(workspaceId, [existing.sourceId, existing.targetId]);
      if (states.length < 2) throw notFoundError('Conversation');
      // A concurrent request may have undone it while this one waited for the locks.
      const merge = await this.merges.findBySource(workspaceId, id);
      if (merge?.id === existing.id)
        await this.undo(
          workspaceId,
          merge,
          states.find((state) => state.id === existing.sourceId)!,
          states.find((state) => state.id === existing.targetId)!,
        );
      return (await this.conversations.find(workspaceId, id))!;
    });
  }

  private async mergeOne(workspaceId: string, source: ConversationState, target: ConversationState): Promise<void> {
    const now = this.clock.now().toISOString();
    const messageIds = await this.mergedMessages.moveAll(workspaceId, source.id, target.id);
    const participantIds = await this.sideEffects.copyParticipants(workspaceId, source.id, target, now);
    await this.mergedMessages.updateConversation(
      workspaceId,
      source.id,
      { ...closeAsMerged(source, now), ...emptyCounters(source), mergedInto: target.id },
      now,
    );
    await this.updater.updateUnsnoozeTimer(workspaceId, source.id, { snoozedUntil: null });
    // A customer who waits for a reply must stay visible, so the resolved target is reopened.
    if (target.status === 'resolved' && source.waitingSince !== null)
      await this.updater.apply(workspaceId, target, buildStatusPatch(target, 'open', 'team', now), now);
    await this.mergedMessages.updateConversation(workspaceId, target.id, mergeCounters(source, target), now);
    const after = takeSnapshot((await this.conversations.lock(workspaceId, target.id))!);
    const merge: ConversationMerge = {
      id: newId(),
      sourceId: source.id,
      targetId: target.id,
      messageIds,
      participantIds,
      receipt: { source: takeSnapshot(source), target: { before: takeSnapshot(target), after } },
    };
    await this.merges.add(workspaceId, merge, now);
    this.sideEffects.emitMerged(merge, source, target);
  }

  private async undo(
    workspaceId: string,
    merge: ConversationMerge,
    source: ConversationState,
    target: ConversationState,
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    const { receipt } = merge;
    const movedIds = await this.mergedMessages.moveByIds(workspaceId, target.id, source.id, merge.messageIds);
    await this.sideEffects.removeParticipants(workspaceId, target, merge.participantIds);
    await this.mergedMessages.updateConversation(
      workspaceId,
      source.id,
      { ...receipt.source.lifecycle, ...receipt.source.counters, mergedInto: null },
      now,
    );
    if (movedIds.length < merge.messageIds.length) await this.mergedMessages.recount(workspaceId, source.id);
    await this.updater.updateUnsnoozeTimer(workspaceId, source.id, {
      snoozedUntil: receipt.source.lifecycle.snoozedUntil,
    });
    const { lifecycle, counters } = restoreTarget(takeSnapshot(target), receipt);
    await this.mergedMessages.updateConversation(workspaceId, target.id, { ...lifecycle, ...counters }, now);
    if (counters === null) await this.mergedMessages.recount(workspaceId, target.id);
    await this.merges.undo(workspaceId, merge.id, now);
    this.sideEffects.emitUnmerged(merge, source, target, lifecycle?.status ?? target.status, movedIds.length);
    await this.releaseInactiveAssignee(workspaceId, source.id, now);
  }

  /** Merged conversations are closed, and keep an assignee who is deactivated meanwhile. */
  private async releaseInactiveAssignee(workspaceId: string, id: string, now: string): Promise<void> {
    const state = (await this.conversations.lock(workspaceId, id))!;
    if (state.status === 'resolved' || state.status === 'closed') return;
    await this.updater.apply(workspaceId, state, await this.updater.releaseInactiveAssignee(workspaceId, state), now);
  }
}
