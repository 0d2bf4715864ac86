import { Injectable } from '@nestjs/common';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { NotificationMailSender } from './notification-mail-sender.service.js';

/** Periodically enqueues the notification mails that are due. */
@Injectable()
@Periodic({ job: 'teams.enqueue-due-notification-mails', everySeconds: 10 })
export class DueDigestScheduler extends PeriodicTask {
  constructor(private readonly sender: NotificationMailSender) {
    super();
  }

  run(): Promise<void> {
    return this.sender.enqueueDue();
  }
}
