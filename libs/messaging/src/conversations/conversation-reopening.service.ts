import { Injectable } from '@nestjs/common';
import { ReferencedObjectsService } from '@parley/teams';
import { ConversationCountersRepository } from './conversation-counters.repository.js';
import type { ConversationPatch, ConversationState } from './conversation.view.js';

/** Computes the fields that change when a resolved or closed conversation is open again. */
@Injectable()
export class ConversationReopeningService {
  constructor(
    private readonly counters: ConversationCountersRepository,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  /** Restores the wait and the unread count, and removes an inactive assignee. */
  async buildPatch(
    workspaceId: string,
    state: Pick<ConversationState, 'id' | 'assigneeId'>,
  ): Promise<Pick<ConversationPatch, 'waitingSince' | 'unreadCount' | 'assigneeId'>> {
    const counters = await this.counters.findUnanswered(workspaceId, state.id);
    return { ...counters, ...(await this.releaseInactiveAssignee(workspaceId, state)) };
  }

  /**
   * Returns a patch that removes the assignee if that user is no longer active. The conversation keeps its team.
   * Deactivating a user reassigns only unresolved conversations.
   */
  async releaseInactiveAssignee(
    workspaceId: string,
    { assigneeId }: Pick<ConversationState, 'assigneeId'>,
  ): Promise<Pick<ConversationPatch, 'assigneeId'>> {
    const isActive =
      assigneeId === null || (await this.referencedObjects.findActiveUser(workspaceId, assigneeId)) !== null;
    return isActive ? {} : { assigneeId: null };
  }
}
