import { Inject, Injectable } from '@nestjs/common';
import { Clock, Jobs, Mailer, SETTINGS, UnitOfWork, type Settings } from '@parley/kernel';
import { UsersRepository } from '../users/users.repository.js';
import { MAIL_PASSWORD_RESET } from './password-jobs.js';
import { passwordResetMail } from './password-reset-mail.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { newResetToken, RESET_SECONDS, resetUrl } from './reset-token.js';

/** A link that sets a password; it is shown once. */
export interface ResetLink {
  readonly token: string;
  readonly url: string;
  readonly expiresAt: string;
}

const MOST_MAILS_AN_HOUR = 5;

/** Links that set a forgotten password. */
@Injectable()
export class PasswordResetsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Has a link mailed. Does the same whether or not anybody has this e-mail, so that it does not tell. */
  async request(email: string): Promise<void> {
    if (this.mailer.configured) await this.unitOfWork.run(() => this.jobs.enqueue(MAIL_PASSWORD_RESET, { email }));
  }

  /** Mails a link to whoever has this e-mail and can sign in; at most five an hour. */
  async mail(email: string): Promise<void> {
    const user = await this.users.findForSignIn(email);
    if (!user || user.workspaces.length === 0) return;
    const anHourAgo = new Date(this.clock.now().getTime() - 3_600_000);
    const link = await this.unitOfWork.run(async () =>
      (await this.resets.lockAndCountSince(user.id, anHourAgo)) < MOST_MAILS_AN_HOUR ? this.link(user.id) : null,
    );
    if (link) await this.mailer.send(passwordResetMail(user, link.url));
  }

  /** Makes a link for a user. Needs a unit of work. */
  async link(userId: string): Promise<ResetLink> {
    const { token, hash } = newResetToken();
    const expiresAt = new Date(this.clock.now().getTime() + RESET_SECONDS * 1000);
    await this.resets.add(hash, userId, expiresAt);
    return { token, url: resetUrl(this.settings.publicUrl, token), expiresAt: expiresAt.toISOString() };
  }
}
