import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { PeriodicTask } from '@parley/kernel/timers';
import { PresenceService } from './presence.service.js';

const INTERVAL_MS = 10_000;
/** A member without an open event stream counts as present for this long after their last request. */
const IDLE_AFTER_MS = 120_000;

/** Marks idle members as away. Several processes can run this at once: each member is updated by one of them. */
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
