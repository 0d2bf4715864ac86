import { Injectable } from '@nestjs/common';
import { notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertCanManage } from '../roles/role-rank.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SecondFactorReset } from '../teams.events.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { UsersRepository } from '../users/users.repository.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** Resets the second factors of members who lost them. */
@Injectable()
export class MemberSecondFactorsService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Disables a member's second factor and revokes their sessions.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller cannot manage the member; UNPROCESSABLE for the caller
   * themselves, for a member of several workspaces, whose sign-in to the others would be weakened too, and if no second
   * factor is enabled.
   */
  reset(principal: Principal, userId: string): Promise<void> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const member = await this.memberships.lock(workspaceId, userId);
      if (!member) throw notFoundError('User');
      assertCanManage(principal, member.role);
      if (userId === principal.userId)
        throw unprocessableError(
          'You cannot reset your own second factor: disable it with a code, by DELETE /v1/auth/totp',
        );
      if (member.status === 'invited') throw unprocessableError('This user has not joined yet', { status: 'invited' });
      if (await this.users.hasOtherWorkspaces(workspaceId, userId))
        throw unprocessableError(
          'This user belongs to other workspaces too, so only they can disable their second factor',
        );
      if (!(await this.secondFactors.lock(userId))?.enabled_at)
        throw unprocessableError('This user has no second factor');
      await this.secondFactors.delete(userId);
      await this.sessions.revokeAll(workspaceId, userId);
      this.events.append(new SecondFactorReset(userId, {}));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
    });
  }
}
