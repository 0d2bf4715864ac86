import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { NotificationsRepository } from './notifications.repository.js';

const HOUR_MS = 3_600_000;
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Forgets notifications after 90 days. */
@Injectable()
export class ForgetOldNotifications extends Housekeeping {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected tidy(): Promise<void> {
    return this.notifications.forget(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
