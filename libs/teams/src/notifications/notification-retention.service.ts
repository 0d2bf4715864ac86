import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { NotificationsRepository } from './notifications.repository.js';

/** Deletes notifications after 90 days. */
@Injectable()
@Periodic({ job: 'teams.delete-old-notifications', everySeconds: 3_600 })
export class NotificationRetentionService extends RetentionTask {
  constructor(
    private readonly notifications: NotificationsRepository,
    clock: Clock,
  ) {
    super(clock, 90);
  }

  protected deleteBefore(before: Date): Promise<void> {
    return this.notifications.prune(before);
  }
}
