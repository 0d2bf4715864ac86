import { Injectable } from '@nestjs/common';
import { InboxesService, TeamsService, UsersService, type InboxView } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import type { ConversationPatch, ConversationView } from './conversation.view.js';

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
      async () => {
        await this.assertAssignable(workspaceId, assignment);
        return assignment;
      },
      expectedVersion,
    );
  }

  /**
   * @throws DomainError UNPROCESSABLE when the user is not an active member or the team does not exist.
   */
  async assertAssignable(workspaceId: string, { assigneeId, teamId }: AssignmentInput): Promise<void> {
    if (assigneeId) await this.users.assertActive(workspaceId, assigneeId, 'assigneeId');
    if (teamId) await this.teams.assertExists(workspaceId, teamId);
  }

  /**
   * Returns the referenced inbox, or null for no inbox.
   * @throws DomainError UNPROCESSABLE when the inbox does not exist.
   */
  async resolveInbox(workspaceId: string, inboxId: string | null | undefined): Promise<InboxView | null> {
    return inboxId ? this.inboxes.getReferenced(workspaceId, inboxId) : null;
  }
}
