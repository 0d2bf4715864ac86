import { Injectable } from '@nestjs/common';
import { PeriodicTask } from '@parley/kernel/timers';
import { NotificationMailSender } from './notification-mail-sender.service.js';

const INTERVAL_MS = 10_000;

/** Periodically enqueues the notification mails that are due. */
@Injectable()
export class DueDigestScheduler extends PeriodicTask {
  constructor(private readonly sender: NotificationMailSender) {
    super(INTERVAL_MS);
  }

  protected run(): Promise<void> {
    return this.sender.enqueueDue();
  }
}
