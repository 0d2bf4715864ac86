import { Injectable } from '@nestjs/common';
import { badRequest, Clock, newId, notFound, UnitOfWork, unprocessable } from '@parley/kernel';
import { ConversationChanges, statusPatch } from '../conversations/conversation-change.service.js';
import type { ConversationState, ConversationView } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { combined, emptied, mergedLife, mergeRefusal, snapshot, undoneTarget } from './conversation-merge.js';
import { MergeEffects } from './merge-effects.service.js';
import { MergesRepository, type Merge } from './merges.repository.js';
import { ThreadsRepository } from './threads.repository.js';

/** What to merge: this conversation into another, or others into this one. */
export interface WantedMerge {
  readonly intoId?: string;
  readonly conversationIds?: readonly string[];
}

/** Makes conversations one, and takes that back. */
@Injectable()
export class ConversationMerges {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly changes: ConversationChanges,
    private readonly merges: MergesRepository,
    private readonly threads: ThreadsRepository,
    private readonly effects: MergeEffects,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves all that was said into one conversation, which the others lead to from then on. Gives that conversation.
   * @throws DomainError NOT_FOUND, BAD_REQUEST unless just one side is named, UNPROCESSABLE for what is not there or cannot be merged.
   */
  merge(workspaceId: string, id: string, { intoId, conversationIds }: WantedMerge): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const named = intoId === undefined ? (conversationIds ?? []) : [intoId];
      const found = new Map(
        (await this.conversations.lockMany(workspaceId, [id, ...named])).map((state) => [state.id, state]),
      );
      if (!found.has(id)) throw notFound('Conversation');
      if ((intoId === undefined) === (conversationIds === undefined))
        throw badRequest({ into_id: ['name either into_id or conversation_ids'] });
      const missing = named.filter((one) => !found.has(one.toLowerCase()));
      if (missing.length > 0)
        throw unprocessable('There is no conversation with this id', {
          [intoId === undefined ? 'conversation_ids' : 'into_id']: missing,
        });
      const [targetId, sourceIds] = intoId === undefined ? [id, named] : [intoId.toLowerCase(), [id]];
      const targets = await this.merges.targetsAmong(workspaceId, sourceIds);
      for (const sourceId of new Set(sourceIds.map((one) => one.toLowerCase()))) {
        const target = (await this.conversations.lock(workspaceId, targetId))!;
        const source = found.get(sourceId)!;
        const refused = mergeRefusal(source, target, targets.has(sourceId));
        if (refused) throw unprocessable(refused, { source_id: sourceId, target_id: targetId });
        await this.mergeOne(workspaceId, source, target);
      }
      return (await this.conversations.find(workspaceId, targetId))!;
    });
  }

  /**
   * Undoes the merge of a conversation into another: both are as they were, but for what has happened since. Nothing happens to one that was
   * not merged.
   * @throws DomainError NOT_FOUND
   */
  unmerge(workspaceId: string, id: string): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.find(workspaceId, id);
      if (!conversation) throw notFound('Conversation');
      const known = await this.merges.findOfSource(workspaceId, id);
      if (!known) return conversation;
      const states = await this.conversations.lockMany(workspaceId, [known.sourceId, known.targetId]);
      // Somebody else may have undone it while this waited.
      const merge = await this.merges.findOfSource(workspaceId, id);
      if (merge?.id === known.id)
        await this.undo(
          workspaceId,
          merge,
          states.find((state) => state.id === known.sourceId)!,
          states.find((state) => state.id === known.targetId)!,
        );
      return (await this.conversations.find(workspaceId, id))!;
    });
  }

  private async mergeOne(workspaceId: string, source: ConversationState, target: ConversationState): Promise<void> {
    const now = this.clock.now().toISOString();
    const messageIds = await this.threads.moveAll(workspaceId, source.id, target.id);
    const participantIds = await this.effects.follow(workspaceId, source.id, target, now);
    await this.threads.set(
      workspaceId,
      source.id,
      { ...mergedLife(source, now), ...emptied(source), mergedInto: target.id },
      now,
    );
    await this.changes.keepTimer(workspaceId, source.id, { snoozedUntil: null });
    // Who waits for an answer is not to be lost in what was done with.
    if (target.status === 'resolved' && source.waitingSince !== null)
      await this.changes.apply(workspaceId, target, statusPatch(target, 'open', 'team', now), now);
    await this.threads.set(workspaceId, target.id, combined(source, target), now);
    const after = snapshot((await this.conversations.lock(workspaceId, target.id))!);
    const merge: Merge = {
      id: newId(),
      sourceId: source.id,
      targetId: target.id,
      messageIds,
      participantIds,
      receipt: { source: snapshot(source), target: { before: snapshot(target), after } },
    };
    await this.merges.add(workspaceId, merge, now);
    this.effects.tellMerged(merge, source, target);
  }

  private async undo(
    workspaceId: string,
    merge: Merge,
    source: ConversationState,
    target: ConversationState,
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    const { receipt } = merge;
    const back = await this.threads.moveSome(workspaceId, target.id, source.id, merge.messageIds);
    await this.effects.unfollow(workspaceId, target, merge.participantIds);
    await this.threads.set(
      workspaceId,
      source.id,
      { ...receipt.source.life, ...receipt.source.counts, mergedInto: null },
      now,
    );
    if (back.length < merge.messageIds.length) await this.threads.recount(workspaceId, source.id);
    await this.changes.keepTimer(workspaceId, source.id, { snoozedUntil: receipt.source.life.snoozedUntil });
    const { life, counts } = undoneTarget(snapshot(target), receipt);
    await this.threads.set(workspaceId, target.id, { ...life, ...counts }, now);
    if (counts === null) await this.threads.recount(workspaceId, target.id);
    await this.merges.undo(workspaceId, merge.id, now);
    this.effects.tellUnmerged(merge, source, target, life?.status ?? target.status, back.length);
  }
}
