import { Inject, Injectable } from '@nestjs/common';
import { Clock, Mailer, SETTINGS, UnitOfWork, type Settings } from '@parley/kernel';
import { newSecretToken } from '../auth/secret-token.js';
import { emailChangeMail } from './email-change-mail.js';
import type { EmailChangeLink } from './email-change.view.js';
import { EmailChangesRepository } from './email-changes.repository.js';

/** The links by which people confirm their e-mails: mailed, or handed to them by an admin. */
@Injectable()
export class EmailChangeTokens {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly changes: EmailChangesRepository,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Mails the link of a change, unless it was confirmed or taken back. Each try mails a token of its own; the last one works. */
  async mail(changeId: string): Promise<void> {
    const armed = await this.unitOfWork.run(() => this.arm(changeId));
    if (armed) await this.mailer.send(emailChangeMail(armed, armed.url));
  }

  /** The link of the change that a user waits with, or null. Needs a unit of work. */
  async link(userId: string): Promise<EmailChangeLink | null> {
    const changeId = await this.changes.findPending(userId, this.clock.now());
    return changeId === null ? null : this.arm(changeId);
  }

  /** The token stands behind the #, so that no server logs it. */
  private async arm(changeId: string): Promise<(EmailChangeLink & { readonly name: string }) | null> {
    const { token, hash } = newSecretToken('ec');
    const armed = await this.changes.arm(changeId, hash, this.clock.now());
    return (
      armed && {
        email: armed.email,
        name: armed.name,
        token,
        url: `${this.settings.publicUrl}/confirm-email#token=${token}`,
        expiresAt: armed.expires_at,
      }
    );
  }
}
