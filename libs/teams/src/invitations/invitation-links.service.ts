import { Inject, Injectable } from '@nestjs/common';
import { Clock, Jobs, Mailer, SETTINGS, UnitOfWork, type Settings } from '@parley/kernel';
import { newSecretToken } from '../auth/secret-token.js';
import { MAIL_INVITATION, type InvitationToMail } from './invitation-jobs.js';
import { invitationMail } from './invitation-mail.js';
import type { IssuedInvitation } from './invitation.view.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Days that an invitation can be accepted. */
export const INVITATION_DAYS = 7;

type Write = (tokenHash: string | null, expiresAt: Date) => Promise<number>;

/** The links by which people join: mailed, or handed to whoever invites. */
@Injectable()
export class InvitationLinks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rows: InvitationsRepository,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Issues an invitation, which `write` keeps and gives the number of. Needs a unit of work. */
  async issue(workspaceId: string, userId: string, send: boolean, write: Write): Promise<IssuedInvitation> {
    const mailed = send && this.mailer.configured;
    const secret = mailed ? null : newSecretToken('inv');
    const expiresAt = new Date(this.clock.now().getTime() + INVITATION_DAYS * 86_400_000);
    const issue = await write(secret?.hash ?? null, expiresAt);
    if (mailed) await this.jobs.enqueue(MAIL_INVITATION, { workspaceId, userId, issue });
    return {
      expiresAt: expiresAt.toISOString(),
      mailed,
      link: secret && { token: secret.token, url: this.url(secret.token) },
    };
  }

  /** Mails an issue of an invitation, unless it was accepted, voided or issued anew. Each try mails a token of its own; the last one works. */
  async mail({ workspaceId, userId, issue }: InvitationToMail): Promise<void> {
    const { token, hash } = newSecretToken('inv');
    const invited = await this.unitOfWork.run(() => this.rows.arm(workspaceId, userId, issue, hash, this.clock.now()));
    if (invited) await this.mailer.send(invitationMail(invited, this.url(token)));
  }

  /** The token stands behind the #, so that no server logs it. */
  private url(token: string): string {
    return `${this.settings.publicUrl}/accept-invitation#token=${token}`;
  }
}
