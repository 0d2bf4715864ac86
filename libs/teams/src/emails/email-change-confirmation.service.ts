import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { AccountEmailsService } from '../account-emails/account-emails.service.js';
import { hashSecretToken } from '../auth/secret-token.js';
import { PasswordResetsRepository } from '../passwords/password-resets.repository.js';
import { EmailChanged } from '../teams.events.js';
import { EmailChangesRepository } from './email-changes.repository.js';
import { MAIL_EMAIL_CHANGED } from './email-jobs.js';

/** Applies an e-mail change after the user has confirmed the new address. */
@Injectable()
export class EmailChangeConfirmationService {
  constructor(
    private readonly changes: EmailChangesRepository,
    private readonly resets: PasswordResetsRepository,
    private readonly emails: AccountEmailsService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the e-mail of the user and revokes their password resets. A mailed link proves the new address. A link of
   * an admin does not, so the account becomes local to its workspace.
   * @throws DomainError UNAUTHORIZED for an invalid token; CONFLICT if another user has the e-mail, or if the user has
   * joined another workspace since an admin created the link.
   */
  async confirm(token: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const change = await this.changes.useToken(hashSecretToken(token), now);
      if (!change)
        throw new DomainError('UNAUTHORIZED', 'The token is invalid, expired or already used: request a new one');
      const { user_id: userId, email, mailed } = change;
      const { previousEmail, workspaces } = await this.emails.change(userId, email, mailed);
      // Password reset links mailed to the previous address must stop working.
      await this.resets.revokeAll(userId, now);
      for (const { id } of workspaces)
        this.events.append(new EmailChanged(userId, { changed: { email: [previousEmail, email] } }, id));
      await this.jobs.enqueue(MAIL_EMAIL_CHANGED, { email: previousEmail });
    });
  }
}
