import { Injectable } from '@nestjs/common';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { MAIL_NOTIFICATIONS, type MailNotificationsPayload } from './notification-jobs.js';
import { NotificationMailSender } from './notification-mail-sender.service.js';

/** Mails unread notifications to a member. */
@Injectable()
export class MailNotificationsJob {
  constructor(private readonly sender: NotificationMailSender) {}

  @ProcessJob(MAIL_NOTIFICATIONS)
  async run({ id, payload: { workspaceId, userId } }: JobRun<MailNotificationsPayload>): Promise<void> {
    await this.sender.send(workspaceId, userId, id);
  }
}
