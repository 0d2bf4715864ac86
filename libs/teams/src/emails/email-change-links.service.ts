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

/** Links that an admin hands to somebody who wants to sign in with another e-mail. */
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
   * Makes the link of the change that a member has asked for.
   * @throws DomainError NOT_FOUND, FORBIDDEN for whoever may not decide about the member, UNPROCESSABLE for one who has not asked, and for one of several workspaces: their login there would
   * be another one too.
   */
  async create(principal: Principal, userId: string): Promise<EmailChangeLink> {
    const { role } = await this.users.get(principal.workspaceId, userId);
    assertCanManage(principal, role);
    if (await this.usersRepository.hasOtherWorkspaces(principal.workspaceId, userId))
      throw unprocessableError(
        'This user belongs to other workspaces too, so only a mail to the new address confirms it',
      );
    return this.unitOfWork.run(async () => {
      const link = await this.tokens.createLink(userId);
      if (!link)
        throw unprocessableError('This user has not asked for another e-mail: they do so by POST /v1/auth/email');
      this.events.append(new EmailChangeLinked(userId, { expires_at: link.expiresAt }));
      return link;
    });
  }
}
