import { Inject, Injectable } from '@nestjs/common';
import { Clock, SETTINGS, type Settings } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Jobs } from '@parley/kernel/jobs';
import { MailerService } from '@parley/kernel/mail';
import { MAIL_NOTIFICATIONS } from './notification-jobs.js';
import { buildNotificationMail } from './notification-mail.js';
import { NotificationMailsRepository } from './notification-mails.repository.js';

/** Sends unread notifications by mail. */
@Injectable()
export class NotificationMailSender {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly notificationMails: NotificationMailsRepository,
    private readonly mailer: MailerService,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Enqueues a mail job for each member with a due mail. If several jobs exist for a member, the first one claims the
   * notifications and keeps them until they are mailed.
   */
  async enqueueDue(): Promise<void> {
    if (!this.mailer.isConfigured) return;
    const dueMembers = await this.notificationMails.listDue(this.clock.now());
    if (dueMembers.length === 0) return;
    await this.unitOfWork.run(async () => {
      for (const member of dueMembers) await this.jobs.enqueue(MAIL_NOTIFICATIONS, member);
    });
  }

  /**
   * Mails the claimed notifications of a member. A retried job sends the notifications of its previous attempt, except
   * those read in the meantime.
   */
  async send(workspaceId: string, userId: string, jobId: string): Promise<void> {
    const member = await this.notificationMails.findRecipient(workspaceId, userId);
    if (!member) return;
    const notifications = await this.unitOfWork.run(() =>
      this.notificationMails.claim(workspaceId, userId, jobId, this.clock.now()),
    );
    if (notifications.length === 0) return;
    await this.mailer.send(buildNotificationMail(member, notifications, this.settings.publicUrl));
    await this.unitOfWork.run(() => this.notificationMails.markMailed(workspaceId, userId, jobId));
  }
}
