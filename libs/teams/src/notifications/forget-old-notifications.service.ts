import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { NotificationsRepository } from './notifications.repository.js';

/** Forgets notifications after 90 days. */
@Injectable()
export class ForgetOldNotifications extends Forgetting {
  constructor(
    private readonly notifications: NotificationsRepository,
    clock: Clock,
  ) {
    super(clock, 90);
  }

  protected forget(before: Date): Promise<void> {
    return this.notifications.forget(before);
  }
}
