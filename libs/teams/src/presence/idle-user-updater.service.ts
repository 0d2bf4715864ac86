import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { PeriodicTask } from '@parley/kernel/timers';
import { PresenceService } from './presence.service.js';

const INTERVAL_MS = 10_000;
/** Milliseconds after their last call that a member who holds no stream of events open counts as there. */
const IDLE_AFTER_MS = 120_000;

/** Notices members who have gone away. Several processes may look at once: each member is noticed by one. */
@Injectable()
export class IdleUserUpdater extends PeriodicTask {
  constructor(
    private readonly presence: PresenceService,
    private readonly clock: Clock,
  ) {
    super(INTERVAL_MS);
  }

  protected run(): Promise<void> {
    return this.presence.markAway(new Date(this.clock.now().getTime() - IDLE_AFTER_MS));
  }
}
