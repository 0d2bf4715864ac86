import { Inject, Injectable } from '@nestjs/common';
import { Clock, SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Jobs } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { UsersRepository } from '../users/users.repository.js';
import { MAIL_PASSWORD_RESET } from './password-jobs.js';
import { buildPasswordResetMail } from './password-reset-mail.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { generateResetToken, RESET_TOKEN_SECONDS, buildResetUrl } from './reset-token.js';

/** Link that resets a password; shown once. */
export interface PasswordResetLink {
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}

const MAX_MAILS_PER_HOUR = 5;

/** Password reset links. */
@Injectable()
export class PasswordResetsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly mailer: MailerService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Enqueues the mail with a reset link. Behaves the same for e-mails without an account, so that the response does not
   * reveal which accounts exist.
   */
  async request(email: string): Promise<void> {
    if (this.mailer.isConfigured) await this.unitOfWork.run(() => this.jobs.enqueue(MAIL_PASSWORD_RESET, { email }));
  }

  /** Mails a link to the user with this e-mail, if they can sign in; at most five per hour. */
  async sendMail(email: string): Promise<void> {
    const user = await this.users.findForSignIn(email);
    if (!user || user.workspaces.length === 0) return;
    const oneHourAgo = new Date(this.clock.now().getTime() - 3_600_000);
    const link = await this.unitOfWork.run(async () =>
      (await this.resets.lockAndCountSince(user.id, oneHourAgo)) < MAX_MAILS_PER_HOUR ? this.createLink(user.id) : null,
    );
    if (link) await this.mailer.send(buildPasswordResetMail(user, link.url));
  }

  /** Creates a link for a user. Requires a unit of work. */
  async createLink(userId: string): Promise<PasswordResetLink> {
    const { token, hash } = generateResetToken();
    const expiresAt = new Date(this.clock.now().getTime() + RESET_TOKEN_SECONDS * 1000);
    await this.resets.add(hash, userId, expiresAt);
    return { token, url: buildResetUrl(this.settings.publicUrl, token), expiresAt: expiresAt.toISOString() };
  }
}
