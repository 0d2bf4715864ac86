import { Injectable } from '@nestjs/common';
import { Clock, DomainError, invalidInputError, newId, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Jobs } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { PasswordsService } from '../passwords/passwords.service.js';
import { UsersRepository } from '../users/users.repository.js';
import type { EmailChangeView } from './email-change.view.js';
import { EmailChangesRepository } from './email-changes.repository.js';
import { MAIL_EMAIL_CHANGE } from './email-jobs.js';

const HOUR_MS = 3_600_000;
const CONFIRMATION_TIMEOUT_MS = 24 * HOUR_MS;
const MAX_REQUESTS_PER_HOUR = 5;

/** Requests to change the e-mail of the caller. */
@Injectable()
export class EmailChangesService {
  constructor(
    private readonly changes: EmailChangesRepository,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordsService,
    private readonly mailer: MailerService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the requested e-mail, which replaces any pending request, and mails a link to it. Behaves the same if
   * another user has the e-mail, so that the response does not reveal it.
   * @throws DomainError BAD_REQUEST for a wrong password or the current e-mail, UNPROCESSABLE if the user has no
   * password, TOO_MANY_REQUESTS after five requests within an hour.
   */
  async request(principal: Principal, password: string, email: string, address: string): Promise<EmailChangeView> {
    const { userId, email: currentEmail } = await this.passwords.verify(principal, 'password', password, address);
    if (email === currentEmail) throw invalidInputError('email', 'is already your e-mail');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + CONFIRMATION_TIMEOUT_MS);
    await this.unitOfWork.run(async () => {
      await this.users.lockUser(userId);
      if ((await this.changes.countSince(userId, new Date(now.getTime() - HOUR_MS))) >= MAX_REQUESTS_PER_HOUR)
        throw new DomainError(
          'TOO_MANY_REQUESTS',
          'Too many e-mail change requests; try again in an hour',
          {},
          HOUR_MS / 1000,
        );
      await this.changes.revokeAll(userId, now);
      const changeId = newId();
      await this.changes.add(changeId, userId, email, expiresAt);
      if (this.mailer.isConfigured) await this.jobs.enqueue(MAIL_EMAIL_CHANGE, { changeId });
    });
    return { email, mailed: this.mailer.isConfigured, expiresAt: expiresAt.toISOString() };
  }
}
