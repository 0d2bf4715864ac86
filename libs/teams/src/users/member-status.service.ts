import { Injectable } from '@nestjs/common';
import { invalidInputError, notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { MemberCredentialsService } from './member-credentials.service.js';
import { assertCanManage } from '../roles/role-rank.js';
import { UserActivated, UserDeactivated } from '../teams.events.js';
import type { UserView } from './user.view.js';
import { MembershipsRepository, type LockedMemberRow } from '../accounts/memberships.repository.js';
import { UsersService } from './users.service.js';
import { ReferencedObjectsService } from '../referenced-objects/referenced-objects.service.js';

/** Deactivates and activates members. */
@Injectable()
export class MemberStatusService {
  constructor(
    private readonly users: UsersService,
    private readonly memberships: MembershipsRepository,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly credentials: MemberCredentialsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Deactivates a member. Subscribers of the event reassign their work to `reassignTo`, or unassign it if that is null.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller ranks below the member; BAD_REQUEST if `reassignTo` is the
   * same user; UNPROCESSABLE for the last owner, for an invited member, and if `reassignTo` is not an active user.
   */
  deactivate(principal: Principal, userId: string, reassignTo: string | null): Promise<UserView> {
    const { workspaceId } = principal;
    if (reassignTo === userId) throw invalidInputError('reassignTo', 'must be another user');
    return this.unitOfWork.run(async () => {
      const owners = await this.memberships.lockOwners(workspaceId);
      const { status, role } = await this.lock(principal, userId);
      await this.referencedObjects.resolve(workspaceId, { userId: reassignTo }, { userId: 'reassignTo' });
      if (status === 'invited')
        throw unprocessableError('This user has not joined yet: revoke the invitation with DELETE /v1/users/{id}', {
          status,
        });
      if (status === 'inactive') return this.users.get(workspaceId, userId);
      if (role === 'owner' && owners.every((id) => id === userId))
        throw unprocessableError('A workspace needs an owner: make another user an owner first');
      await this.memberships.setStatus(workspaceId, userId, 'inactive');
      await this.credentials.revokeAll(workspaceId, userId);
      this.events.append(new UserDeactivated(userId, { reassign_to: reassignTo }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
      return this.users.get(workspaceId, userId);
    });
  }

  /**
   * Activates a member.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller ranks below the member; UNPROCESSABLE for an invited member.
   */
  activate(principal: Principal, userId: string): Promise<UserView> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const { status } = await this.lock(principal, userId);
      if (status === 'invited')
        throw unprocessableError(
          'This user has not joined yet: resend the invitation with POST /v1/users/{id}/invite',
          {
            status,
          },
        );
      if (status === 'inactive') {
        await this.memberships.setStatus(workspaceId, userId, 'active');
        this.events.append(new UserActivated(userId, {}));
      }
      return this.users.get(workspaceId, userId);
    });
  }

  private async lock(principal: Principal, userId: string): Promise<LockedMemberRow> {
    const member = await this.memberships.lock(principal.workspaceId, userId);
    if (!member) throw notFoundError('User');
    assertCanManage(principal, member.role);
    return member;
  }
}
