import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel';
import { MAIL_NOTIFICATIONS, type MemberToMail } from './notification-jobs.js';
import { NotificationMails } from './notification-mails.service.js';

/** Mails what members have been told of. */
@Injectable()
export class MailNotifications {
  constructor(private readonly mails: NotificationMails) {}

  @ProcessJob(MAIL_NOTIFICATIONS)
  async run({ id, payload: { workspaceId, userId } }: JobRun<MemberToMail>): Promise<void> {
    await this.mails.mail(workspaceId, userId, id);
  }
}
