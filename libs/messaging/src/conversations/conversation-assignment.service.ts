import { Injectable } from '@nestjs/common';
import { ReferencedObjectsService } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import type { ConversationPatch, ConversationState, ConversationView } from './conversation.view.js';

/** New assignee and team. Omitted fields stay unchanged, null unassigns. */
export type AssignmentInput = Pick<ConversationPatch, 'assigneeId' | 'teamId'>;

/** Assigns conversations to users and teams. */
@Injectable()
export class ConversationAssignmentService {
  constructor(
    private readonly updater: ConversationUpdater,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  /**
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, UNPROCESSABLE when the user is not an active member or the team
   * does not exist.
   */
  async assign(
    workspaceId: string,
    id: string,
    assignment: AssignmentInput,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    return this.updater.update(
      workspaceId,
      id,
      async ({ inboxId }) => {
        await this.assertAssignable(workspaceId, assignment, inboxId);
        return assignment;
      },
      expectedVersion,
    );
  }

  /**
   * Checks the new assignee, team and inbox of a conversation.
   * @param currentInboxId inbox of the conversation before the change.
   * @throws DomainError UNPROCESSABLE when the user is not an active member or has no access to the inbox, or the team
   * or the inbox does not exist.
   */
  async assertAssignable(
    workspaceId: string,
    { assigneeId, teamId, inboxId }: Pick<ConversationPatch, 'assigneeId' | 'teamId' | 'inboxId'>,
    currentInboxId: string | null,
  ): Promise<void> {
    const accessInboxId = inboxId === undefined ? currentInboxId : inboxId;
    const references = { userId: assigneeId, teamId, inboxId, accessInboxId };
    await this.referencedObjects.resolve(workspaceId, references, { userId: 'assigneeId' });
  }

  /**
   * Returns a patch that removes the assignee if they have no access to the new inbox. Does nothing if the inbox or the
   * assignee is not changed that way.
   */
  async releaseWithoutAccess(
    workspaceId: string,
    state: Pick<ConversationState, 'assigneeId' | 'inboxId'>,
    { assigneeId, inboxId }: Pick<ConversationPatch, 'assigneeId' | 'inboxId'>,
  ): Promise<Pick<ConversationPatch, 'assigneeId'>> {
    if (state.assigneeId === null || assigneeId !== undefined || inboxId === undefined || inboxId === state.inboxId)
      return {};
    return (await this.referencedObjects.hasInboxAccess(workspaceId, inboxId, state.assigneeId))
      ? {}
      : { assigneeId: null };
  }
}
