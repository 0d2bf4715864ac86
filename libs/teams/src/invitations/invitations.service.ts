import { Injectable } from '@nestjs/common';
import { DomainError, newId, notFoundError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { RoleGrantPolicy } from '../roles/role-grant-policy.service.js';
import { InvitationRevoked, UserInvited } from '../teams.events.js';
import { UsersService } from '../users/users.service.js';
import type { InvitedUser } from './invitation.view.js';
import { InvitationLinksService } from './invitation-links.service.js';
import { InvitationMembershipsService } from './invitation-memberships.service.js';
import { InvitationsRepository, type InvitedGroups } from './invitations.repository.js';

/** Fields of an invitation. */
export interface InviteUserInput extends InvitedGroups {
  readonly email: string;
  /** Name of a new user; null for the local part of the e-mail address. */
  readonly name: string | null;
  readonly role: string;
  /** True to mail the link, if the server can. */
  readonly send: boolean;
}

/** Invitations to a workspace. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly links: InvitationLinksService,
    private readonly users: UsersService,
    private readonly rolePolicy: RoleGrantPolicy,
    private readonly memberships: InvitationMembershipsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Creates an invited member.
   * @throws DomainError FORBIDDEN for a role that the caller cannot grant; UNPROCESSABLE for an unknown role, team or
   * inbox; CONFLICT if the user is already a member, with any status.
   */
  invite(
    principal: Principal,
    { email, name: requestedName, role: requestedRole, send, ...groups }: InviteUserInput,
  ): Promise<InvitedUser> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const role = await this.rolePolicy.resolveGrantable(principal, requestedRole);
      await this.memberships.assertGroupsExist(workspaceId, groups);
      const name = requestedName ?? email.slice(0, email.lastIndexOf('@'));
      const userId = await this.invitations.findOrAddUser(workspaceId, newId(), email, name);
      if (!(await this.invitations.addMembership(workspaceId, userId, role)))
        throw alreadyMemberError(userId, (await this.users.get(workspaceId, userId)).status);
      const invitation = await this.links.issue(workspaceId, userId, send, async (tokenHash, expiresAt) => {
        await this.invitations.add(
          workspaceId,
          userId,
          { ...groups, inviterId: principal.userId, name, email },
          tokenHash,
          expiresAt,
        );
        return 1;
      });
      this.events.append(new UserInvited(userId, { role, team_ids: groups.teamIds, inbox_ids: groups.inboxIds }));
      return { user: await this.users.get(workspaceId, userId), invitation };
    });
  }

  /**
   * Reissues an invitation; the previous link stops working.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE if the user is not invited.
   */
  resend(principal: Principal, userId: string, send: boolean): Promise<InvitedUser> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      await this.rolePolicy.resolveGrantable(principal, await this.memberships.lockInvited(workspaceId, userId));
      const invitation = await this.links.issue(workspaceId, userId, send, async (tokenHash, expiresAt) => {
        const issue = await this.invitations.reissue(workspaceId, userId, tokenHash, expiresAt);
        if (issue === null) throw notFoundError('Invitation');
        return issue;
      });
      return { user: await this.users.get(workspaceId, userId), invitation };
    });
  }

  /**
   * Revokes an invitation: its link stops working, and the user is no longer a member.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE if the user is not invited.
   */
  revoke(principal: Principal, userId: string): Promise<void> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      await this.rolePolicy.resolveGrantable(principal, await this.memberships.lockInvited(workspaceId, userId));
      await this.invitations.remove(workspaceId, userId);
      this.events.append(new InvitationRevoked(userId, {}));
    });
  }
}

function alreadyMemberError(userId: string, status: string): DomainError {
  const hint =
    {
      invited: 'already invited: resend the invitation with POST /v1/users/{id}/invite',
      inactive: 'a deactivated member: activate them instead',
    }[status] ?? 'already a member';
  return new DomainError('CONFLICT', `The user with this e-mail is ${hint}`, { userId, status });
}
