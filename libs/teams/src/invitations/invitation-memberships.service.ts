import { Injectable } from '@nestjs/common';
import { currentContext, notFoundError, runInContext, systemContext, unprocessableError } from '@parley/kernel';
import { Events } from '@parley/kernel/events';
import { InboxesService } from '../inboxes/inboxes.service.js';
import { UserJoined } from '../teams.events.js';
import { ReferencedObjectsService } from '../referenced-objects/referenced-objects.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { InvitationsRepository, type InvitedGroups } from './invitations.repository.js';

/** Memberships of invited users. */
@Injectable()
export class InvitationMembershipsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly teams: TeamsService,
    private readonly inboxes: InboxesService,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly events: Events,
  ) {}

  /**
   * Returns the role of an invited member and locks the membership.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE if the user is not invited.
   */
  async lockInvited(workspaceId: string, userId: string): Promise<string> {
    const member = await this.memberships.lock(workspaceId, userId);
    if (!member) throw notFoundError('User');
    if (member.status !== 'invited')
      throw unprocessableError('This user has already joined: deactivate them instead', { status: member.status });
    return member.role;
  }

  /** @throws DomainError UNPROCESSABLE if a team or inbox does not exist. */
  async assertGroupsExist(workspaceId: string, { teamIds, inboxIds }: InvitedGroups): Promise<void> {
    const fields = { teamId: 'teamIds', inboxId: 'inboxIds' };
    for (const teamId of teamIds) await this.referencedObjects.resolve(workspaceId, { teamId }, fields);
    for (const inboxId of inboxIds) await this.referencedObjects.resolve(workspaceId, { inboxId }, fields);
  }

  /**
   * Activates an invited member and adds them to the teams and inboxes that still exist. The joining user is the actor
   * of the events. Requires a unit of work.
   */
  async activate(workspaceId: string, userId: string): Promise<void> {
    const groups = await this.invitations.deleteAndReturnGroups(workspaceId, userId);
    const role = await this.invitations.activate(workspaceId, userId);
    if (role === null) return;
    const context = currentContext() ?? systemContext('join');
    await runInContext({ ...context, scope: workspaceId, actor: { kind: 'user', id: userId } }, async () => {
      this.events.append(new UserJoined(userId, { role }));
      if (groups) await this.addToGroups(workspaceId, userId, groups);
    });
  }

  private async addToGroups(workspaceId: string, userId: string, { teamIds, inboxIds }: InvitedGroups): Promise<void> {
    const existingTeamIds = await this.teams.filterExisting(workspaceId, teamIds);
    for (const id of existingTeamIds) await this.teams.addMember(workspaceId, id, userId);
    for (const id of new Set(inboxIds))
      if (await this.inboxes.find(workspaceId, id)) await this.inboxes.addMember(workspaceId, id, userId);
  }
}
