import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { buildEmailChangedMail } from './email-change-mail.js';
import { EmailChangeTokensService } from './email-change-tokens.service.js';
import { MAIL_EMAIL_CHANGE, MAIL_EMAIL_CHANGED } from './email-jobs.js';

/** Sends the mails about e-mail changes. */
@Injectable()
export class MailEmailChangeJob {
  constructor(
    private readonly tokens: EmailChangeTokensService,
    private readonly mailer: MailerService,
  ) {}

  @ProcessJob(MAIL_EMAIL_CHANGE)
  async sendConfirmation({ payload: { changeId } }: JobRun<{ changeId: string }>): Promise<void> {
    await this.tokens.sendLink(changeId);
  }

  @ProcessJob(MAIL_EMAIL_CHANGED)
  async sendNotification({ payload: { email } }: JobRun<{ email: string }>): Promise<void> {
    if (this.mailer.isConfigured) await this.mailer.send(buildEmailChangedMail(email));
  }
}
