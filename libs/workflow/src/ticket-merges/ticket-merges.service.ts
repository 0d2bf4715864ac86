import { Injectable } from '@nestjs/common';
import { Clock, newId, unprocessableError, unprocessableFieldError } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { ConversationMergeService, ConversationsService } from '@parley/messaging';
import { MAX_TAGS } from '@parley/identity';
import { TicketMerged, TicketUnmerged } from '../ticket.events.js';
import { TicketUpdater } from '../tickets/ticket-updater.service.js';
import type { TicketState, TicketView } from '../tickets/ticket.view.js';
import { TicketsService } from '../tickets/tickets.service.js';
import type { TicketMerge } from './ticket-merge.view.js';
import { TicketMergesRepository } from './ticket-merges.repository.js';

/** Merges tickets and undoes merges. */
@Injectable()
export class TicketMergesService {
  constructor(
    private readonly merges: TicketMergesRepository,
    private readonly tickets: TicketsService,
    private readonly updater: TicketUpdater,
    private readonly conversations: ConversationsService,
    private readonly conversationMerges: ConversationMergeService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Closes the ticket and adds its tags to the target. Merges its conversation too if it was created for the ticket.
   * Returns the target.
   * @throws DomainError NOT_FOUND; UNPROCESSABLE if the target does not exist or the tickets cannot be merged.
   */
  merge(workspaceId: string, sourceId: string, targetId: string): Promise<TicketView> {
    return this.unitOfWork.run(async () => {
      await this.tickets.get(workspaceId, sourceId);
      if (sourceId === targetId) throw unprocessableFieldError('intoId', 'is the ticket itself', targetId);
      const [found] = await this.tickets.findMany(workspaceId, [targetId]);
      if (!found) throw unprocessableFieldError('intoId', 'is not the ID of a ticket', targetId);
      const states = await this.updater.lockBoth(workspaceId, sourceId, targetId);
      if (!states) throw unprocessableFieldError('intoId', 'is not the ID of a ticket', targetId);
      const [source, target] = states;
      const obstacle = await this.findObstacle(workspaceId, source, target);
      if (obstacle) throw unprocessableError(obstacle, { sourceId, targetId });
      return this.apply(workspaceId, source, target);
    });
  }

  /**
   * Restores the status of the ticket and separates its conversation; changes since stay. Does nothing if the ticket is
   * not merged.
   * @throws DomainError NOT_FOUND
   */
  unmerge(workspaceId: string, sourceId: string): Promise<TicketView> {
    return this.unitOfWork.run(async () => {
      const ticket = await this.tickets.get(workspaceId, sourceId);
      const existing = await this.merges.findBySource(workspaceId, sourceId);
      if (!existing) return ticket;
      await this.updater.lockBoth(workspaceId, existing.sourceId, existing.targetId);
      // A concurrent request may have undone it while this one waited for the locks.
      const merge = await this.merges.findBySource(workspaceId, sourceId);
      return merge?.id === existing.id ? this.undo(workspaceId, merge) : this.tickets.get(workspaceId, sourceId);
    });
  }

  private async findObstacle(workspaceId: string, source: TicketState, target: TicketState): Promise<string | null> {
    if (source.mergedInto !== null) return 'The ticket is already merged';
    if (target.mergedInto !== null) return 'The target is merged into another ticket';
    if (target.status === 'closed') return 'The target is closed. Reopen it first';
    return (await this.merges.isTarget(workspaceId, source.id))
      ? 'Other tickets are merged into the ticket. Undo these merges first'
      : null;
  }

  private async apply(workspaceId: string, source: TicketState, target: TicketState): Promise<TicketView> {
    const now = this.clock.now().toISOString();
    const mergedConversationId = await this.mergeConversation(workspaceId, source, target);
    const tags = [...new Set([...target.tags, ...source.tags])].slice(0, MAX_TAGS);
    const { status, customStatusId, statusChangedAt, resolvedAt, closedAt, reopenCount } = source;
    const merge: TicketMerge = {
      id: newId(),
      sourceId: source.id,
      targetId: target.id,
      receipt: {
        source: { status, customStatusId, statusChangedAt, resolvedAt, closedAt, reopenCount },
        addedTags: tags.filter((tag) => !target.tags.includes(tag)),
        mergedConversationId,
      },
    };
    await this.merges.add(workspaceId, merge, now);
    const ids = { source_id: source.id, target_id: target.id };
    await this.updater.update(
      workspaceId,
      source.id,
      () => ({
        status: 'closed',
        customStatusId: null,
        mergedInto: target.id,
        ...(status !== 'closed' && { statusChangedAt: now, closedAt: now, resolvedAt: resolvedAt ?? now }),
      }),
      { buildEvent: (data) => new TicketMerged(source.id, { ...data, ...ids, side: 'source' }) },
    );
    return this.updater.update(workspaceId, target.id, () => ({ tags }), {
      buildEvent: (data) => new TicketMerged(target.id, { ...data, ...ids, side: 'target' }),
    });
  }

  /** Merges the conversation that was created for the source. Returns its ID, or null if it stays. */
  private async mergeConversation(
    workspaceId: string,
    source: TicketState,
    target: TicketState,
  ): Promise<string | null> {
    const { conversationId } = source;
    if (!source.ownsConversation || source.movedFromConversationId !== null) return null;
    if (conversationId === target.conversationId) return null;
    return withHiddenInboxes([], async () => {
      const conversation = await this.conversations.find(workspaceId, conversationId);
      if (!conversation || conversation.mergedInto !== null) return null;
      await this.conversationMerges.merge(workspaceId, conversationId, { intoId: target.conversationId });
      return conversationId;
    });
  }

  private async undo(workspaceId: string, { id, sourceId, targetId, receipt }: TicketMerge): Promise<TicketView> {
    await this.merges.undo(workspaceId, id, this.clock.now().toISOString());
    const { mergedConversationId } = receipt;
    if (mergedConversationId !== null)
      await withHiddenInboxes([], () => this.conversationMerges.unmerge(workspaceId, mergedConversationId));
    const ids = { source_id: sourceId, target_id: targetId };
    await withHiddenInboxes([], () =>
      this.updater.update(
        workspaceId,
        targetId,
        ({ tags }) => ({ tags: tags.filter((tag) => !receipt.addedTags.includes(tag)) }),
        { buildEvent: (data) => new TicketUnmerged(targetId, { ...data, ...ids, side: 'target' }) },
      ),
    );
    return this.updater.update(workspaceId, sourceId, () => ({ ...receipt.source, mergedInto: null }), {
      buildEvent: (data) => new TicketUnmerged(sourceId, { ...data, ...ids, side: 'source' }),
    });
  }
}
