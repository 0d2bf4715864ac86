import { Injectable } from '@nestjs/common';
import { notFoundError, unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertCanManage } from '../roles/role-rank.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SecondFactorReset } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** What admins do for members who have lost their second factor. */
@Injectable()
export class MemberSecondFactorsService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Switches a member's second factor off, and ends their sessions.
   * @throws DomainError NOT_FOUND, FORBIDDEN for whoever may not decide about the member, UNPROCESSABLE for oneself, for one of several workspaces (whose sign-in
   * elsewhere would be weaker too), and when none is on.
   */
  reset(principal: Principal, userId: string): Promise<void> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const member = await this.users.lockMember(workspaceId, userId);
      if (!member) throw notFoundError('User');
      assertCanManage(principal, member.role);
      if (userId === principal.userId)
        throw unprocessableError('This is your own second factor: switch it off with a code, by DELETE /v1/auth/totp');
      if (await this.users.hasOtherWorkspaces(workspaceId, userId))
        throw unprocessableError(
          'This user belongs to other workspaces too, so only they can switch their second factor off: with a code or a recovery code',
        );
      if (!(await this.secondFactors.lock(userId))?.enabled_at)
        throw unprocessableError('This user has no second factor to switch off');
      await this.secondFactors.delete(userId);
      await this.sessions.revokeAll(workspaceId, userId);
      this.events.append(new SecondFactorReset(userId, {}));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
    });
  }
}
