import { Injectable } from '@nestjs/common';
import { InboxAccessService, InboxesService, TeamsService, UsersService, type InboxView } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import type { ConversationPatch, ConversationState, ConversationView } from './conversation.view.js';

/** New assignee and team. Omitted fields stay unchanged, null unassigns. */
export type AssignmentInput = Pick<ConversationPatch, 'assigneeId' | 'teamId'>;

/** Assigns conversations to users and teams. */
@Injectable()
export class ConversationAssignmentService {
  constructor(
    private readonly updater: ConversationUpdater,
    private readonly users: UsersService,
    private readonly teams: TeamsService,
    private readonly inboxes: InboxesService,
    private readonly inboxAccess: InboxAccessService,
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
   * @param inboxId inbox of the conversation.
   * @throws DomainError UNPROCESSABLE when the user is not an active member or has no access to the inbox, or the team
   * does not exist.
   */
  async assertAssignable(
    workspaceId: string,
    { assigneeId, teamId }: AssignmentInput,
    inboxId: string | null,
  ): Promise<void> {
    if (assigneeId) {
      await this.users.assertActive(workspaceId, assigneeId, 'assigneeId');
      await this.inboxAccess.assertAccess(workspaceId, inboxId, assigneeId, 'assigneeId');
    }
    if (teamId) await this.teams.assertExists(workspaceId, teamId);
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
    return (await this.inboxAccess.hasAccess(workspaceId, inboxId, state.assigneeId)) ? {} : { assigneeId: null };
  }

  /**
   * Returns the referenced inbox, or null for no inbox.
   * @throws DomainError UNPROCESSABLE when the inbox does not exist.
   */
  async resolveInbox(workspaceId: string, inboxId: string | null | undefined): Promise<InboxView | null> {
    return inboxId ? this.inboxes.getReferenced(workspaceId, inboxId) : null;
  }
}
