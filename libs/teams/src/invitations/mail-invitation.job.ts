import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { InvitationLinksService } from './invitation-links.service.js';
import { MAIL_INVITATION, type MailInvitationPayload } from './invitation-jobs.js';

/** Sends invitation mails. */
@Injectable()
export class MailInvitationJob {
  constructor(private readonly links: InvitationLinksService) {}

  @ProcessJob(MAIL_INVITATION)
  async run({ payload }: JobRun<MailInvitationPayload>): Promise<void> {
    await this.links.sendMail(payload);
  }
}
