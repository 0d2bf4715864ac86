import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { hashSecretToken } from '../auth/secret-token.js';
import { PasswordResetsRepository } from '../passwords/password-resets.repository.js';
import { EmailChanged } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { EmailChangesRepository } from './email-changes.repository.js';
import { MAIL_EMAIL_CHANGED } from './email-jobs.js';

/** Applies an e-mail change after the user has confirmed the new address. */
@Injectable()
export class EmailChangeConfirmationService {
  constructor(
    private readonly changes: EmailChangesRepository,
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the e-mail of the user and revokes their password resets.
   * @throws DomainError UNAUTHORIZED for an invalid token, CONFLICT if another user has the e-mail.
   */
  async confirm(token: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const change = await this.changes.useToken(hashSecretToken(token), now);
      if (!change)
        throw new DomainError('UNAUTHORIZED', 'The token is invalid, expired or already used: request a new one');
      const before = await this.updateEmail(change.user_id, change.email);
      // Password reset links mailed to the previous address must stop working.
      await this.resets.revokeAll(change.user_id, now);
      const { workspaces = [] } = (await this.users.findForSignIn(change.email)) ?? {};
      for (const { id } of workspaces)
        this.events.append(new EmailChanged(change.user_id, { changed: { email: [before, change.email] } }, id));
      await this.jobs.enqueue(MAIL_EMAIL_CHANGED, { email: before });
    });
  }

  /** Updates the e-mail and returns the previous one. */
  private async updateEmail(userId: string, email: string): Promise<string> {
    const conflictError = (): DomainError =>
      new DomainError('CONFLICT', 'Another user already signs in with this e-mail');
    return mapConstraintErrors({ users_email: conflictError }, () => this.users.setEmail(userId, email));
  }
}
