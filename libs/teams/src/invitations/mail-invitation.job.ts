import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { InvitationLinks } from './invitation-links.service.js';
import { MAIL_INVITATION, type InvitationToMail } from './invitation-jobs.js';

/** Mails links by which people join a workspace. */
@Injectable()
export class MailInvitation {
  constructor(private readonly links: InvitationLinks) {}

  @ProcessJob(MAIL_INVITATION)
  async run({ payload }: JobRun<InvitationToMail>): Promise<void> {
    await this.links.mail(payload);
  }
}
