import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertCanManage } from '../roles/role-rank.js';
import { PasswordResetLinked } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import { PasswordResetsService, type PasswordResetLink } from './password-resets.service.js';

/** Password reset links that an admin creates for a member. */
@Injectable()
export class PasswordResetLinksService {
  constructor(
    private readonly users: UsersService,
    private readonly usersRepository: UsersRepository,
    private readonly resets: PasswordResetsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Creates a link for a member.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller cannot manage the member; UNPROCESSABLE if the member is not
   * active or belongs to other workspaces too, to which the link would also give access.
   */
  async create(principal: Principal, userId: string): Promise<PasswordResetLink> {
    const { role, status } = await this.users.get(principal.workspaceId, userId);
    assertCanManage(principal, role);
    if (status !== 'active') throw unprocessableError('This user is not active, so they cannot sign in', { status });
    if (await this.usersRepository.hasOtherWorkspaces(principal.workspaceId, userId)) {
      throw unprocessableError(
        'This user belongs to other workspaces too, so only they can reset their password, with POST ' +
          '/v1/auth/password-reset',
      );
    }
    return this.unitOfWork.run(async () => {
      const link = await this.resets.createLink(userId, false);
      this.events.append(new PasswordResetLinked(userId, { expires_at: link.expiresAt }));
      return link;
    });
  }
}
