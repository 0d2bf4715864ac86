import { Inject, Injectable } from '@nestjs/common';
import { Clock, SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Jobs } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { AccountsRepository, type AccountRow } from '../accounts/accounts.repository.js';
import { MAIL_PASSWORD_RESET } from './password-jobs.js';
import { buildPasswordResetMail, type PasswordResetRecipient } from './password-reset-mail.js';
import { PasswordResetsRepository, type PasswordResetUserRow } from './password-resets.repository.js';
import { generateResetToken, hashResetToken, RESET_TOKEN_SECONDS, buildResetUrl } from './reset-token.js';

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
    private readonly accounts: AccountsRepository,
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

  /** Mails a link for each account with this e-mail that can sign in; at most five per hour and account. */
  async sendMail(email: string): Promise<void> {
    for (const account of await this.accounts.listByEmail(email, null)) await this.sendLink(account);
  }

  private async sendLink(account: AccountRow): Promise<void> {
    const oneHourAgo = new Date(this.clock.now().getTime() - 3_600_000);
    const link = await this.unitOfWork.run(async () =>
      (await this.resets.lockAndCountSince(account.id, oneHourAgo)) < MAX_MAILS_PER_HOUR
        ? this.createLink(account.id, true)
        : null,
    );
    if (link) await this.mailer.send(buildPasswordResetMail(toRecipient(account), link.url));
  }

  /** Finds the user of a valid token. */
  findUser(token: string): Promise<PasswordResetUserRow | null> {
    return this.resets.findUser(hashResetToken(token), this.clock.now());
  }

  /**
   * Uses up a token and revokes all others of the user; false if it is already used or expired. Requires a unit of work.
   */
  async redeem(token: string, userId: string): Promise<boolean> {
    const now = this.clock.now();
    if (!(await this.resets.useToken(hashResetToken(token), now))) return false;
    await this.resets.revokeAll(userId, now);
    return true;
  }

  /** Creates a link for a user. `mailed` is true if it is mailed to their address. Requires a unit of work. */
  async createLink(userId: string, mailed: boolean): Promise<PasswordResetLink> {
    const { token, hash } = generateResetToken();
    const expiresAt = new Date(this.clock.now().getTime() + RESET_TOKEN_SECONDS * 1000);
    await this.resets.add(hash, userId, expiresAt, mailed);
    return { token, url: buildResetUrl(this.settings.publicUrl, token), expiresAt: expiresAt.toISOString() };
  }
}

function toRecipient({ email, name, workspaces }: AccountRow): PasswordResetRecipient {
  return { email, name, workspaceNames: workspaces.map((workspace) => workspace.name) };
}
