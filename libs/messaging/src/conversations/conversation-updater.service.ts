import { Injectable } from '@nestjs/common';
import { Clock, currentActor, notFoundError, unprocessableError } from '@parley/kernel';
import { currentHiddenInboxIds, withHiddenInboxes } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import { Timers } from '@parley/kernel/timers';
import { buildChangeEvent, diffConversation } from './conversation-diff.js';
import { ConversationReopeningService } from './conversation-reopening.service.js';
import { isReopening, transition, type Initiator } from './conversation-status.js';
import type {
  ConversationPatch,
  ConversationState,
  ConversationStatus,
  ConversationView,
} from './conversation.view.js';
import { ParticipantsWriter } from '../participants/participants-writer.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Kind of the timer that ends a snooze. */
export const UNSNOOZE_TIMER = 'messaging.unsnooze';

/** Single entry point for changes of a conversation: locks it, computes the patch, writes it, and emits the event. */
@Injectable()
export class ConversationUpdater {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly reopening: ConversationReopeningService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly participantsWriter: ParticipantsWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies the patch that `decide` returns for the current state. Without a difference, no event is emitted and the
   * version stays the same.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, and the errors of `decide`.
   */
  update(...args: Parameters<ConversationUpdater['applyUpdate']>): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      await this.applyUpdate(...args);
      const [workspaceId, id] = args;
      // The update can move it to an inbox that is hidden from the caller.
      return (
        (await this.conversations.find(workspaceId, id)) ??
        (await withHiddenInboxes([], () => this.conversations.find(workspaceId, id)))!
      );
    });
  }

  /** Updates the conversation without reading the result. */
  applyUpdate(
    workspaceId: string,
    id: string,
    decide: (state: ConversationState, now: string) => ConversationPatch | Promise<ConversationPatch>,
    expectedVersion: number | null = null,
  ): Promise<void> {
    return this.unitOfWork.run(async () => {
      const state = await this.conversations.lock(workspaceId, id);
      if (!state) throw notFoundError('Conversation');
      if (expectedVersion !== null && expectedVersion !== state.version) {
        const current = await this.conversations.find(workspaceId, id);
        assertVersion(expectedVersion, state.version, () => current);
      }
      const now = this.clock.now().toISOString();
      await this.apply(workspaceId, state, await decide(state, now), now);
    });
  }

  /** Writes a patch to a locked conversation and emits its event, in the caller's unit of work. */
  async apply(workspaceId: string, state: ConversationState, patch: ConversationPatch, now: string): Promise<void> {
    const reopeningPatch = isReopening(state.status, patch.status)
      ? await this.reopening.buildPatch(workspaceId, {
          id: state.id,
          assigneeId: patch.assigneeId === undefined ? state.assigneeId : patch.assigneeId,
        })
      : {};
    const { changed, patch: effectivePatch } = diffConversation(state, { ...patch, ...reopeningPatch });
    if (Object.keys(effectivePatch).length === 0) return;
    await this.conversations.update(workspaceId, state.id, effectivePatch, now);
    await this.updateUnsnoozeTimer(workspaceId, state.id, effectivePatch);
    const event = buildChangeEvent({ ...state, ...effectivePatch }, changed);
    if (event) this.events.append(event);
    if (effectivePatch.assigneeId)
      await this.participantsWriter.add(workspaceId, state, [effectivePatch.assigneeId], 'assigned', now);
  }

  /** Returns a patch that removes the assignee if that user is no longer active. */
  releaseInactiveAssignee(
    workspaceId: string,
    state: Pick<ConversationState, 'assigneeId'>,
  ): Promise<Pick<ConversationPatch, 'assigneeId'>> {
    return this.reopening.releaseInactiveAssignee(workspaceId, state);
  }

  /** Sets, moves or cancels the timer that ends a snooze. */
  async updateUnsnoozeTimer(workspaceId: string, id: string, { snoozedUntil }: ConversationPatch): Promise<void> {
    if (snoozedUntil === undefined) return;
    if (snoozedUntil === null) return this.timers.cancel(workspaceId, UNSNOOZE_TIMER, id);
    await this.timers.set({ workspaceId, kind: UNSNOOZE_TIMER, key: id, payload: {}, dueAt: new Date(snoozedUntil) });
  }
}

/** Contacts act as the customer; all other actors act as the team. */
export function currentInitiator(): Initiator {
  return currentActor().kind === 'contact' ? 'customer' : 'team';
}

/** Returns the patch of a transition. @throws DomainError UNPROCESSABLE with the allowed statuses. */
export function buildStatusPatch(
  state: ConversationState,
  to: ConversationStatus,
  initiator: Initiator,
  now: string,
  snoozedUntil: string | null = null,
): ConversationPatch {
  if (state.mergedInto !== null && to !== state.status)
    throw unprocessableError('The conversation is merged into another conversation. Undo the merge first', {
      ...(currentHiddenInboxIds().length === 0 && { mergedInto: state.mergedInto }),
    });
  const result = transition(state, to, initiator, now, snoozedUntil);
  if ('patch' in result) return result.patch;
  throw unprocessableError(`A ${state.status} conversation cannot become ${to}`, {
    from: state.status,
    to,
    allowed: result.allowed,
  });
}
