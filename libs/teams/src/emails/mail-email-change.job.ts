import { Injectable } from '@nestjs/common';
import { Mailer, ProcessJob, type JobRun } from '@parley/kernel';
import { emailChangedMail } from './email-change-mail.js';
import { EmailChangeTokens } from './email-change-tokens.service.js';
import { MAIL_EMAIL_CHANGE, MAIL_EMAIL_CHANGED } from './email-jobs.js';

/** Mails about e-mails that people sign in with. */
@Injectable()
export class MailEmailChange {
  constructor(
    private readonly tokens: EmailChangeTokens,
    private readonly mailer: Mailer,
  ) {}

  @ProcessJob(MAIL_EMAIL_CHANGE)
  async confirm({ payload: { changeId } }: JobRun<{ changeId: string }>): Promise<void> {
    await this.tokens.mail(changeId);
  }

  @ProcessJob(MAIL_EMAIL_CHANGED)
  async tell({ payload: { email } }: JobRun<{ email: string }>): Promise<void> {
    if (this.mailer.configured) await this.mailer.send(emailChangedMail(email));
  }
}
