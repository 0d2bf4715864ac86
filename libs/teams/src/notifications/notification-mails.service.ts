import { Inject, Injectable } from '@nestjs/common';
import { Clock, Jobs, Mailer, SETTINGS, UnitOfWork, type Settings } from '@parley/kernel';
import { MAIL_NOTIFICATIONS } from './notification-jobs.js';
import { notificationMail } from './notification-mail.js';
import { NotificationMailsRepository } from './notification-mails.repository.js';

/** Mails of what members have been told of and not read. */
@Injectable()
export class NotificationMails {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly rows: NotificationMailsRepository,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Has everybody mailed for whom a mail is due. Of several jobs for one member the first takes what there is, and keeps it until it is mailed. */
  async enqueueDue(): Promise<void> {
    if (!this.mailer.configured) return;
    const due = await this.rows.due(this.clock.now());
    if (due.length === 0) return;
    await this.unitOfWork.run(async () => {
      for (const member of due) await this.jobs.enqueue(MAIL_NOTIFICATIONS, member);
    });
  }

  /** Mails a member what is theirs to hear; a job that is tried again mails what it failed to, unless it has been read by then. */
  async mail(workspaceId: string, userId: string, job: string): Promise<void> {
    const member = await this.rows.member(workspaceId, userId);
    if (!member) return;
    const notifications = await this.unitOfWork.run(() => this.rows.claim(workspaceId, userId, job, this.clock.now()));
    if (notifications.length === 0) return;
    await this.mailer.send(notificationMail(member, notifications, this.settings.publicUrl));
    await this.unitOfWork.run(() => this.rows.mailed(workspaceId, userId, job));
  }
}
