import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  Clock,
  currentActor,
  Events,
  notFound,
  Timers,
  UnitOfWork,
  unprocessable,
} from '@parley/kernel';
import { changeEvent, differences } from './conversation-changes.js';
import { transition, type Mover } from './conversation-status.js';
import type {
  ConversationPatch,
  ConversationState,
  ConversationStatus,
  ConversationView,
} from './conversation.view.js';
import { Participation } from '../participants/participation.service.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Kind of the timer that ends a snooze. */
export const UNSNOOZE = 'messaging.unsnooze';

/** The one way in which a conversation is changed: locked, decided, written, told. */
@Injectable()
export class ConversationChanges {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly timers: Timers,
    private readonly participation: Participation,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies what `decide` makes of the present state. No difference is no change: no event, no new version.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, and whatever `decide` throws.
   */
  change(
    workspaceId: string,
    id: string,
    decide: (state: ConversationState, now: string) => ConversationPatch | Promise<ConversationPatch>,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const state = await this.conversations.lock(workspaceId, id);
      if (!state) throw notFound('Conversation');
      if (expectedVersion !== null && expectedVersion !== state.version) {
        const current = await this.conversations.find(workspaceId, id);
        assertVersion(expectedVersion, state.version, () => current);
      }
      const now = this.clock.now().toISOString();
      await this.apply(workspaceId, state, await decide(state, now), now);
      return (await this.conversations.find(workspaceId, id))!;
    });
  }

  /** Writes a patch on a locked conversation and tells of it; in the caller's unit of work. */
  async apply(workspaceId: string, state: ConversationState, patch: ConversationPatch, now: string): Promise<void> {
    const { changed, patch: different } = differences(state, patch);
    if (Object.keys(different).length === 0) return;
    await this.conversations.update(workspaceId, state.id, different, now);
    await this.keepTimer(workspaceId, state.id, different);
    const event = changeEvent({ ...state, ...different }, changed);
    if (event) this.events.append(event);
    if (different.assigneeId)
      await this.participation.join(workspaceId, state, [different.assigneeId], 'assigned', now);
  }

  /** Sets, moves or cancels the end of a snooze. */
  async keepTimer(workspaceId: string, id: string, { snoozedUntil }: ConversationPatch): Promise<void> {
    if (snoozedUntil === undefined) return;
    if (snoozedUntil === null) return this.timers.cancel(workspaceId, UNSNOOZE, id);
    await this.timers.set({ workspaceId, kind: UNSNOOZE, key: id, payload: {}, dueAt: new Date(snoozedUntil) });
  }
}

/** Customers move conversations by writing only; whoever else acts belongs to the team. */
export function moverNow(): Mover {
  return currentActor().kind === 'contact' ? 'customer' : 'team';
}

/** The patch of a transition. @throws DomainError UNPROCESSABLE with the statuses allowed. */
export function statusPatch(
  state: ConversationState,
  to: ConversationStatus,
  mover: Mover,
  now: string,
  snoozedUntil: string | null = null,
): ConversationPatch {
  if (state.mergedInto !== null && to !== state.status)
    throw unprocessable('The conversation was merged into another: undo that first', { merged_into: state.mergedInto });
  const decided = transition(state, to, mover, now, snoozedUntil);
  if ('patch' in decided) return decided.patch;
  throw unprocessable(`A ${state.status} conversation cannot become ${to}`, {
    from: state.status,
    to,
    allowed: decided.refused,
  });
}
