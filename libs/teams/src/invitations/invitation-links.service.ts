import { Inject, Injectable } from '@nestjs/common';
import { Clock, SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Jobs } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { generateSecretToken } from '../auth/secret-token.js';
import { MAIL_INVITATION, type MailInvitationPayload } from './invitation-jobs.js';
import { buildInvitationMail } from './invitation-mail.js';
import type { IssuedInvitation } from './invitation.view.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Lifetime of an invitation in days. */
export const INVITATION_DAYS = 7;

type SaveInvitation = (tokenHash: string | null, expiresAt: Date) => Promise<number>;

/** Links of invitations. They are mailed, or returned to the inviting user. */
@Injectable()
export class InvitationLinksService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly invitations: InvitationsRepository,
    private readonly mailer: MailerService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Issues an invitation. `save` stores it and returns the number of the issue. Requires a unit of work. */
  async issue(workspaceId: string, userId: string, send: boolean, save: SaveInvitation): Promise<IssuedInvitation> {
    const mailed = send && this.mailer.isConfigured;
    const secret = mailed ? null : generateSecretToken('inv');
    const expiresAt = new Date(this.clock.now().getTime() + INVITATION_DAYS * 86_400_000);
    const issue = await save(secret?.hash ?? null, expiresAt);
    if (mailed) await this.jobs.enqueue(MAIL_INVITATION, { workspaceId, userId, issue });
    return {
      expiresAt: expiresAt.toISOString(),
      mailed,
      link: secret && { token: secret.token, url: this.buildUrl(secret.token) },
    };
  }

  /**
   * Mails an issue of an invitation, unless it is accepted, revoked or reissued. Each attempt mails a new token; only
   * the last one works.
   */
  async sendMail({ workspaceId, userId, issue }: MailInvitationPayload): Promise<void> {
    const { token, hash } = generateSecretToken('inv');
    const recipient = await this.unitOfWork.run(() =>
      this.invitations.setToken(workspaceId, userId, issue, hash, this.clock.now()),
    );
    if (recipient) await this.mailer.send(buildInvitationMail(recipient, this.buildUrl(token)));
  }

  /** The token is in the URL fragment, so that servers do not log it. */
  private buildUrl(token: string): string {
    return `${this.settings.publicUrl}/accept-invitation#token=${token}`;
  }
}
