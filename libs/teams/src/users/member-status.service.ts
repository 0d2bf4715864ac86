import { Injectable } from '@nestjs/common';
import { badRequestError, notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { MemberCredentialsService } from '../auth/member-credentials.service.js';
import { assertCanManage } from '../roles/role-rank.js';
import { UserActivated, UserDeactivated } from '../teams.events.js';
import type { UserView } from './user.view.js';
import { UsersRepository, type LockedMemberRow } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Members who leave, and come back. */
@Injectable()
export class MemberStatusService {
  constructor(
    private readonly users: UsersService,
    private readonly usersRepository: UsersRepository,
    private readonly credentials: MemberCredentialsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Lets a member do nothing any more; whoever holds what was assigned to them is told to whom it goes.
   * @throws DomainError NOT_FOUND, FORBIDDEN for whoever stands below the member, BAD_REQUEST to hand over to the same user, UNPROCESSABLE for the last owner, for
   * who has not joined, and for handing over to no active user.
   */
  deactivate(principal: Principal, userId: string, handOverTo: string | null): Promise<UserView> {
    const { workspaceId } = principal;
    if (handOverTo === userId) throw badRequestError({ hand_over_to: ['hand_over_to must be another user'] });
    return this.unitOfWork.run(async () => {
      const owners = await this.usersRepository.lockOwners(workspaceId);
      const { status, role } = await this.lock(principal, userId);
      if (handOverTo !== null) await this.users.assertActive(workspaceId, handOverTo, 'hand_over_to');
      if (status === 'invited')
        throw unprocessableError('This user has not joined: take the invitation back by DELETE /v1/users/{id}', {
          status,
        });
      if (status === 'inactive') return this.users.get(workspaceId, userId);
      if (role === 'owner' && owners.every((id) => id === userId))
        throw unprocessableError('A workspace needs an owner: make somebody else one first');
      await this.usersRepository.setStatus(workspaceId, userId, 'inactive');
      await this.credentials.revokeAll(workspaceId, userId);
      this.events.append(new UserDeactivated(userId, { hand_over_to: handOverTo }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
      return this.users.get(workspaceId, userId);
    });
  }

  /** Lets a member in again. @throws DomainError NOT_FOUND, FORBIDDEN for whoever stands below the member, UNPROCESSABLE for who has not joined. */
  activate(principal: Principal, userId: string): Promise<UserView> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const { status } = await this.lock(principal, userId);
      if (status === 'invited')
        throw unprocessableError('This user has not joined: send the invitation again by POST /v1/users/{id}/invite', {
          status,
        });
      if (status === 'inactive') {
        await this.usersRepository.setStatus(workspaceId, userId, 'active');
        this.events.append(new UserActivated(userId, {}));
      }
      return this.users.get(workspaceId, userId);
    });
  }

  private async lock(principal: Principal, userId: string): Promise<LockedMemberRow> {
    const member = await this.usersRepository.lockMember(principal.workspaceId, userId);
    if (!member) throw notFoundError('User');
    assertCanManage(principal, member.role);
    return member;
  }
}
