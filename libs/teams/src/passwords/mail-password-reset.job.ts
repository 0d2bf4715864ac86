import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { MAIL_PASSWORD_RESET } from './password-jobs.js';
import { PasswordResetsService } from './password-resets.service.js';

/** Sends password reset mails. */
@Injectable()
export class MailPasswordResetJob {
  constructor(private readonly resets: PasswordResetsService) {}

  @ProcessJob(MAIL_PASSWORD_RESET)
  async run({ payload: { email } }: JobRun<{ email: string }>): Promise<void> {
    await this.resets.sendMail(email);
  }
}
