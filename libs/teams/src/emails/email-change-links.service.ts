import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertCanManage } from '../roles/role-rank.js';
import { EmailChangeLinked } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import type { EmailChangeLink } from './email-change.view.js';
import { EmailChangeTokensService } from './email-change-tokens.service.js';

/** Confirmation links that an admin creates for a member who changes their e-mail. */
@Injectable()
export class EmailChangeLinksService {
  constructor(
    private readonly users: UsersService,
    private readonly usersRepository: UsersRepository,
    private readonly tokens: EmailChangeTokensService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Creates the link for the change that a member requested.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller cannot manage the member; UNPROCESSABLE if the member
   * requested no change, or belongs to other workspaces too, where their sign-in would change as well.
   */
  async create(principal: Principal, userId: string): Promise<EmailChangeLink> {
    const { role } = await this.users.get(principal.workspaceId, userId);
    assertCanManage(principal, role);
    if (await this.usersRepository.hasOtherWorkspaces(principal.workspaceId, userId))
      throw unprocessableError(
        'This user belongs to other workspaces too, so only a mail to the new address can confirm it',
      );
    return this.unitOfWork.run(async () => {
      const link = await this.tokens.createLink(userId);
      if (!link)
        throw unprocessableError(
          'This user has not requested an e-mail change: they must call POST /v1/auth/email first',
        );
      this.events.append(new EmailChangeLinked(userId, { expires_at: link.expiresAt }));
      return link;
    });
  }
}
