import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError, SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { MailerService } from '@parley/kernel/mail';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { generateSecretToken, hashSecretToken } from '../auth/secret-token.js';
import { buildEmailChangeMail } from './email-change-mail.js';
import type { EmailChangeLink, EmailChangePreview } from './email-change.view.js';
import { EmailChangesRepository } from './email-changes.repository.js';

/** Tokens that confirm e-mail changes. The links are mailed, or created by an admin. */
@Injectable()
export class EmailChangeTokensService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly changes: EmailChangesRepository,
    private readonly accounts: AccountsRepository,
    private readonly mailer: MailerService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails the link of a change, unless the change is confirmed or revoked. Each call issues a new token; only the last
   * one works.
   */
  async sendLink(changeId: string): Promise<void> {
    const link = await this.unitOfWork.run(() => this.issueToken(changeId, true));
    if (link) await this.mailer.send(buildEmailChangeMail(link, link.url));
  }

  /**
   * Returns the change of a token, without using it up.
   * @throws DomainError UNAUTHORIZED for an invalid token.
   */
  async preview(token: string): Promise<EmailChangePreview> {
    const change = await this.changes.findByToken(hashSecretToken(token), this.clock.now());
    if (!change)
      throw new DomainError('UNAUTHORIZED', 'The token is invalid, expired or already used: request a new one');
    const { email: previousEmail, workspaces } = (await this.accounts.find(change.user_id))!;
    return {
      email: change.email,
      previousEmail,
      workspaceNames: workspaces.map(({ name }) => name),
      locale: workspaces[0]?.locale ?? 'en',
      expiresAt: change.expires_at,
    };
  }

  /** Creates a link for the pending change of a user; null if there is none. Requires a unit of work. */
  async createLink(userId: string): Promise<EmailChangeLink | null> {
    const changeId = await this.changes.findPending(userId, this.clock.now());
    return changeId === null ? null : this.issueToken(changeId, false);
  }

  /** The token is in the URL fragment, so that servers do not log it. */
  private async issueToken(
    changeId: string,
    mailed: boolean,
  ): Promise<(EmailChangeLink & { readonly name: string }) | null> {
    const { token, hash } = generateSecretToken('ec');
    const link = await this.changes.setToken(changeId, hash, this.clock.now(), mailed);
    return (
      link && {
        email: link.email,
        name: link.name,
        token,
        url: `${this.settings.publicUrl}/confirm-email#token=${token}`,
        expiresAt: link.expires_at,
      }
    );
  }
}
