import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, PeriodicTask } from '@parley/kernel/jobs';
import { PresenceService } from './presence.service.js';

/** A member without an open event stream counts as present for this long after their last request. */
const IDLE_AFTER_MS = 120_000;

/** Marks idle members as away. Several processes can run this at once: each member is updated by one of them. */
@Injectable()
@Periodic({ job: 'teams.mark-idle-users-away', everySeconds: 10 })
export class IdleUserUpdater extends PeriodicTask {
  constructor(
    private readonly presence: PresenceService,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return this.presence.markAway(new Date(this.clock.now().getTime() - IDLE_AFTER_MS));
  }
}
