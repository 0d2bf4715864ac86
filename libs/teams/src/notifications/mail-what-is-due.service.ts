import { Injectable } from '@nestjs/common';
import { Housekeeping } from '@parley/kernel';
import { NotificationMails } from './notification-mails.service.js';

const EVERY_MS = 10_000;

/** Looks for members for whom a mail is due. */
@Injectable()
export class MailWhatIsDue extends Housekeeping {
  constructor(private readonly mails: NotificationMails) {
    super(EVERY_MS);
  }

  protected tidy(): Promise<void> {
    return this.mails.enqueueDue();
  }
}
