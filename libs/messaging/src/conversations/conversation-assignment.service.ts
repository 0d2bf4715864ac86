import { Injectable } from '@nestjs/common';
import { InboxesService, TeamsService, UsersService, type InboxView } from '@parley/teams';
import { ConversationUpdater } from './conversation-updater.service.js';
import type { ConversationPatch, ConversationView } from './conversation.view.js';

/** Whom a conversation goes to; what is left out stays as it is, null is nobody. */
export type AssignmentInput = Pick<ConversationPatch, 'assigneeId' | 'teamId'>;

/** Gives conversations to people and teams. */
@Injectable()
export class ConversationAssignmentService {
  constructor(
    private readonly updater: ConversationUpdater,
    private readonly users: UsersService,
    private readonly teams: TeamsService,
    private readonly inboxes: InboxesService,
  ) {}

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, UNPROCESSABLE when the user is no active member or there is no such team. */
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

  /** `path` is where the request has the fields. @throws DomainError UNPROCESSABLE when the user is no active member or there is no such team. */
  async assertAssignable(workspaceId: string, { assigneeId, teamId }: AssignmentInput, path = ''): Promise<void> {
    if (assigneeId) await this.users.assertActive(workspaceId, assigneeId, `${path}assignee_id`);
    if (teamId) await this.teams.assertExists(workspaceId, teamId, `${path}team_id`);
  }

  /** The inbox that a conversation is to be in; null when it is to be in none. @throws DomainError UNPROCESSABLE when there is no such inbox. */
  async resolveInbox(workspaceId: string, inboxId: string | null | undefined, path = ''): Promise<InboxView | null> {
    return inboxId ? this.inboxes.getReferenced(workspaceId, inboxId, `${path}inbox_id`) : null;
  }
}
